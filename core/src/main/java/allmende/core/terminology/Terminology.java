package allmende.core.terminology;

import allmende.core.fhir.Coding;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * The code systems whose hierarchy is known, by URI. ATC is always known, since its hierarchy follows from its codes.
 * Immutable.
 */
public final class Terminology {

    /** ICD-10-GM, the German modification of the international classification of diseases. */
    public static final String ICD_10_GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";

    /** OPS, the German classification of operations and procedures. */
    public static final String OPS = "http://fhir.de/CodeSystem/bfarm/ops";

    /** ATC, German edition. */
    public static final String ATC_GERMAN = "http://fhir.de/CodeSystem/bfarm/atc";

    /** ATC, edition of the World Health Organization. */
    public static final String ATC_WHO = "http://www.whocc.no/atc";

    /** Former URIs and what they mean now: the publisher's name changed from DIMDI to BfArM in 2020. */
    private static final Map<String, String> ALIASES = Map.of(
            "http://fhir.de/CodeSystem/dimdi/icd-10-gm", ICD_10_GM,
            "http://fhir.de/CodeSystem/dimdi/ops", OPS,
            "http://fhir.de/CodeSystem/dimdi/atc", ATC_GERMAN);

    /**
     * A code system.
     *
     * @param uri its canonical URI
     * @param version as the source gives it, for example {@code 2025}
     */
    public record CodeSystem(String uri, String version, Hierarchy hierarchy) {}

    private final Map<String, CodeSystem> systems;

    private Terminology(Map<String, CodeSystem> systems) {
        this.systems = Map.copyOf(systems);
    }

    /** ATC and these code systems; of two with the same URI the later one. */
    public static Terminology of(List<CodeSystem> listed) {
        Map<String, CodeSystem> systems = new HashMap<>();
        for (String uri : List.of(ATC_GERMAN, ATC_WHO)) {
            systems.put(uri, new CodeSystem(uri, "by code", new AtcHierarchy()));
        }
        listed.forEach(system -> systems.put(canonical(system.uri()), system));
        return new Terminology(systems);
    }

    /** The URI that an alias stands for; any other URI itself. */
    public static String canonical(String systemUri) {
        return ALIASES.getOrDefault(systemUri, systemUri);
    }

    /** The coding with its system's canonical URI. */
    public static Coding canonical(Coding coding) {
        String uri = canonical(coding.system());
        return uri.equals(coding.system()) ? coding : new Coding(uri, coding.code());
    }

    /** The hierarchy of a system, by canonical URI or alias. */
    public Optional<Hierarchy> hierarchy(String systemUri) {
        return system(systemUri).map(CodeSystem::hierarchy);
    }

    /** A known system, by canonical URI or alias. */
    public Optional<CodeSystem> system(String systemUri) {
        return Optional.ofNullable(systems.get(canonical(systemUri)));
    }

    /** Canonical URIs of the known systems, sorted. */
    public Set<String> systemUris() {
        return new TreeSet<>(systems.keySet());
    }

    /**
     * Names the numbering: a text that differs whenever some concept of a known hierarchy could have another number or
     * another subtree. Facts that were kept under another fingerprint must be numbered anew.
     */
    public String fingerprint() {
        CRC32 checksum = new CRC32();
        for (String uri : systemUris()) {
            Hierarchy hierarchy = Objects.requireNonNull(systems.get(uri)).hierarchy();
            checksum.update((uri + ' ' + hierarchy.fingerprint() + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return "v" + CodeSystemBytes.FORMAT + "-" + Long.toHexString(checksum.getValue());
    }

    /** The concept's text, where its system is known and has one. */
    public Optional<String> display(Coding coding) {
        return hierarchy(coding.system()).flatMap(hierarchy -> hierarchy.display(coding.code()));
    }
}
