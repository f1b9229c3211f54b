package allmende.core.extraction;

import java.util.List;
import java.util.Optional;

/** What is known of profiles: from the program's own files, or from installed packages. Thread-safe. */
public interface ProfileElements {

    /** A profile by its canonical URL, with a version or without; empty where it is unknown. */
    Optional<ProfileShape> shape(String url);

    /**
     * Ids of the elements that a search parameter looks at; empty where the parameter is unknown or looks at something
     * else than elements.
     *
     * @param profile canonical URL of the profile whose resources are searched
     * @param type its resource type
     * @param name the search parameter's code
     */
    List<String> searched(String profile, String type, String name);

    /** These, and the others for profiles and parameters that these don't know. */
    default ProfileElements or(ProfileElements others) {
        ProfileElements first = this;
        return new ProfileElements() {
            @Override
            public Optional<ProfileShape> shape(String url) {
                return first.shape(url).or(() -> others.shape(url));
            }

            @Override
            public List<String> searched(String profile, String type, String name) {
                List<String> found = first.searched(profile, type, name);
                return found.isEmpty() ? others.searched(profile, type, name) : found;
            }
        };
    }
}
