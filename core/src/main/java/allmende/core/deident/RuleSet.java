package allmende.core.deident;

import allmende.core.cohort.Problem;
import allmende.core.digest.Sha256;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules by which a project's data are de-identified, compiled. Immutable and thread-safe.
 * docs/implementation/de-identification.md describes the file.
 */
public final class RuleSet {

    /** The rule sets that come with the program. */
    private static final List<String> SHIPPED = List.of("kds-pseudonymised", "anonymised");

    private static final String FOLDER = "/allmende/deident/";

    private final String name;
    private final Settings settings;
    private final List<Rule> rules;
    private final Graph graph;
    private final JsonNode source;
    private final String hash;
    private final List<Problem> notes;

    /**
     * What concerns all rules.
     *
     * @param hashDigits hexadecimal digits of a hash, 32 to 64
     * @param shiftDays most days that dates move, 1 to 3650
     * @param security the coding that marks what leaves, in {@code meta.security}; null for none
     * @param throwAwayKey whether the key must not outlive the delivery
     */
    record Settings(int hashDigits, int shiftDays, @Nullable ObjectNode security, boolean throwAwayKey) {}

    RuleSet(String name, Settings settings, List<Rule> rules, Graph graph, JsonNode source) {
        this.name = name;
        this.settings = settings;
        this.rules = List.copyOf(rules);
        this.graph = graph;
        this.source = source;
        this.hash = Sha256.hex(FhirJson.write(source));
        this.notes = List.of();
    }

    /** A file that narrows another rule set: with that one it is another hash as well. */
    RuleSet(RuleSet narrowed, Settings settings, List<Rule> rules, Graph graph, Narrowing by) {
        this.name = by.name();
        this.settings = settings;
        this.rules = List.copyOf(rules);
        this.graph = graph;
        this.source = by.source();
        this.hash = Sha256.hex(narrowed.hash() + "\n" + Sha256.hex(FhirJson.write(by.source())));
        this.notes = List.copyOf(by.notes());
    }

    /** What a file that narrows says beside its rules. */
    record Narrowing(String name, JsonNode source, List<Problem> notes) {}

    /**
     * Reads a file of rules that a person wrote: one of our form, or one with {@code fhirPathRules}, which narrows the shipped
     * rules for pseudonymised data.
     */
    public static RuleSetRead read(byte[] json) {
        return read(json, PathRulesReader.USUAL_NAME);
    }

    /**
     * The same.
     *
     * @param name of a file with {@code fhirPathRules} that does not name itself
     */
    public static RuleSetRead read(byte[] json, String name) {
        return RuleSetReader.read(json, name);
    }

    /** Names of the rule sets that come with the program. */
    public static List<String> shippedNames() {
        return SHIPPED;
    }

    /** The file of a rule set that comes with the program, to read and to start from. */
    public static byte[] shippedFile(String name) {
        if (!SHIPPED.contains(name)) {
            throw new IllegalArgumentException("there is no shipped rule set of this name");
        }
        try (InputStream in = RuleSet.class.getResourceAsStream(FOLDER + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the rule set " + name + " is missing in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A rule set that comes with the program.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static RuleSet shipped(String name) {
        return switch (read(shippedFile(name))) {
            case RuleSetRead.Compiled(RuleSet rules) -> rules;
            case RuleSetRead.Refused(var problems) ->
                throw new IllegalStateException("the shipped rule set " + name + " has problems: " + problems);
        };
    }

    /** The name that the file gives itself. */
    public String name() {
        return name;
    }

    /**
     * SHA-256 of the file, in hexadecimal digits; white space between its parts does not count. Of a file that narrows others, it
     * is over their hash as well.
     */
    public String hash() {
        return hash;
    }

    /**
     * Where the file asks for more than leaves, or for something else than happens, each with its place. Only files that narrow
     * other rules have such.
     */
    public List<Problem> notes() {
        return notes;
    }

    /** The file as it was read, for the record of a release. */
    public JsonNode source() {
        return source.deepCopy();
    }

    /** Resource types of which something can leave. */
    public SortedSet<String> resourceTypes() {
        return new TreeSet<>(graph.roots().keySet());
    }

    /** Domains that pseudonyms are asked of. */
    public SortedSet<String> domains() {
        SortedSet<String> domains = new TreeSet<>();
        for (Rule rule : rules) {
            if (rule.method() instanceof Method.Pseudonymise(String domain)) {
                domains.add(domain);
            }
        }
        return domains;
    }

    /** Whether what is made with these rules is meant to be linked by nobody: each delivery has a key that is not kept. */
    public boolean wantsThrowAwayKey() {
        return settings.throwAwayKey();
    }

    /**
     * How the rules change the values of an element, in words for the dictionary of what leaves; empty where they leave as
     * they are.
     *
     * @param element a resource type and steps down, such as {@code Patient.birthDate}; choices with {@code [x]}
     */
    public Optional<Words> change(String element) {
        return ElementChange.of(graph, element);
    }

    Settings settings() {
        return settings;
    }

    List<Rule> rules() {
        return rules;
    }

    Graph graph() {
        return graph;
    }

    @Override
    public String toString() {
        return "RuleSet " + name;
    }
}
