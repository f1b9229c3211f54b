package allmende.core.profile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The profiles that data can be selected from, in the order in which they are shown. */
public final class Profiles {

    private final Map<String, DataProfile> byUrl = new LinkedHashMap<>();
    private final Map<String, DataProfile> byAlias = new LinkedHashMap<>();

    Profiles(Collection<DataProfile> profiles) {
        for (DataProfile profile : profiles) {
            byUrl.put(profile.url(), profile);
            profile.aliases().forEach(alias -> byAlias.put(alias, profile));
        }
    }

    /** The profiles that come with the program. */
    public static Profiles shipped() {
        return switch (ProfileFiles.read(ProfileFiles.shipped())) {
            case ProfileRead.Complete complete -> complete.profiles();
            case ProfileRead.Faulty faulty ->
                throw new IllegalStateException(
                        "The shipped profiles are faulty: " + faulty.problems().getFirst());
        };
    }

    /** All of them. */
    public List<DataProfile> all() {
        return List.copyOf(byUrl.values());
    }

    /** The profile with this URL or alias; a version after {@code |} makes no difference. */
    public Optional<DataProfile> find(String url) {
        int bar = url.indexOf('|');
        String plain = bar < 0 ? url : url.substring(0, bar);
        DataProfile profile = byUrl.get(plain);
        return Optional.ofNullable(profile != null ? profile : byAlias.get(plain));
    }

    /** The names of the modules. */
    public Set<String> modules() {
        Set<String> modules = new LinkedHashSet<>();
        byUrl.values().forEach(profile -> modules.add(profile.module()));
        return modules;
    }

    /** The profiles of a module. */
    public List<DataProfile> ofModule(String module) {
        return byUrl.values().stream()
                .filter(profile -> profile.module().equals(module))
                .toList();
    }

    /** The profile of the patients that every selection includes: the first one of a patient. */
    public DataProfile patient() {
        return byUrl.values().stream()
                .filter(DataProfile::isPatient)
                .findFirst()
                .orElseThrow();
    }
}
