package allmende.core.deident;

import java.util.Map;
import java.util.Set;

/** Where pseudonyms come from: the site's own service, that of a trust centre, or a table in a test. */
@FunctionalInterface
public interface PseudonymSource {

    /**
     * The pseudonyms of values in a domain; made where there are none yet.
     *
     * @param domain the name that rules use, such as {@code patient}
     * @param originals the values, at least one
     * @return a pseudonym for every one of the values
     * @throws RuntimeException if the source can't answer; then nothing leaves
     */
    Map<String, String> pseudonyms(String domain, Set<String> originals);

    /** For rules that ask for no pseudonyms: refuses when it is asked after all. */
    static PseudonymSource none() {
        return (domain, _) -> {
            throw new IllegalStateException("no pseudonyms of the domain " + domain + " can be had here");
        };
    }
}
