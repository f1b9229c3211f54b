package allmende.engine.terminology;

import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What value sets and hierarchies mean here, for search ({@code :in}, {@code :not-in}, {@code :below}, {@code :above}) and
 * for checking data. Answers hold for what is installed at the time of the call; later calls may know more. Safe for use
 * by many threads.
 */
public interface CodeSets {

    /** Most codes that an {@link Expansion} lists. */
    int CODES_MAX = 500_000;

    /** Knows nothing: for tests and for a site without terminology. */
    CodeSets NONE = new NoCodeSets();

    /**
     * A code as it stands in data.
     *
     * @param system its code system, by its URI or a former one
     * @param version as the coding states it; null where it states none
     * @param display as the coding states it; null where it states none or it shall not be checked
     */
    record Code(
            String system,
            @Nullable String version,
            String code,
            @Nullable String display) {}

    /** The codes that a value set or a place in a hierarchy stands for. */
    sealed interface Expansion {

        /**
         * These codes, all of them.
         *
         * @param bySystem codes by the system's present URI (see {@link Terminology#canonical(String)}: data may hold a
         *     former one)
         * @param wholeSystems present URIs of systems of which every code is meant, listed or not
         */
        record Codes(Map<String, Set<String>> bySystem, Set<String> wholeSystems) implements Expansion {
            public Codes {
                bySystem = bySystem.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
                wholeSystems = Set.copyOf(wholeSystems);
            }

            /** Whether a coding is meant; its system may be a former URI. */
            public boolean contains(Coding coding) {
                String system = Terminology.canonical(coding.system());
                return wholeSystems.contains(system)
                        || bySystem.getOrDefault(system, Set.of()).contains(coding.code());
            }
        }

        /** It can't be told here; the reason is a sentence for the one who asks, such as which code system is missing. */
        record Unknown(String reason) implements Expansion {}
    }

    /** What is known of a code. */
    sealed interface Verdict {

        /** It belongs; a remark says what is odd all the same (inactive, another display text), null if nothing. */
        record In(@Nullable String remark) implements Verdict {}

        /** It doesn't; the reason is a sentence without patient data. */
        record NotIn(String reason) implements Verdict {}

        /** It can't be told here, as the code system or the value set is not installed: neither right nor wrong. */
        record NotKnown(String reason) implements Verdict {}
    }

    /** The codes of a value set, by its canonical URL, with {@code |version} or without; implicit ones of SNOMED and LOINC, too. */
    Expansion valueSet(String canonical);

    /** The concept and everything below it. */
    Expansion below(Coding concept);

    /** The concept and everything above it. */
    Expansion above(Coding concept);

    /** Whether a code is in a value set. */
    Verdict inValueSet(Code code, String canonical);

    /** Whether a code is in its code system. */
    Verdict inSystem(Code code);
}
