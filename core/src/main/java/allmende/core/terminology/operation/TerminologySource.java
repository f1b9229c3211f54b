package allmende.core.terminology.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where code systems, value sets and concept maps come from. */
public interface TerminologySource {

    /** Whether a code system is here. */
    sealed interface Found {
        /** It is. */
        record Here(ConceptTable table) implements Found {}

        /** It is, but not in the version asked for. */
        record OtherVersion(List<String> versions) implements Found {
            public OtherVersion {
                versions = List.copyOf(versions);
            }
        }

        /** It is not. */
        record Absent() implements Found {}
    }

    /**
     * A code system.
     *
     * @param url its URI or a former one
     * @param version null for the newest that is here
     */
    Found system(String url, @Nullable String version);

    /** A ValueSet by canonical URL, with {@code |version} or without: then the newest. */
    Optional<JsonNode> valueSet(String canonical);

    /** The code system whose value set of all codes has this canonical URL. */
    Optional<ConceptTable> systemOfValueSet(String canonical);

    /** All ConceptMaps, in a fixed order. */
    List<JsonNode> conceptMaps();
}
