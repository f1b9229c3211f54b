package allmende.core.deident;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** De-identifies resources by a rule set under the key of a project. Thread-safe. */
public final class Deidentifier {

    private final RuleSet rules;
    private final Keys keys;
    private final PseudonymSource pseudonyms;
    private final Tally tally;

    /**
     * Makes one.
     *
     * @param rules what leaves, and how
     * @param key from which hashes, moves of dates and noise follow
     * @param pseudonyms where the pseudonyms come from that the rules ask for
     */
    public Deidentifier(RuleSet rules, ProjectKey key, PseudonymSource pseudonyms) {
        this.rules = rules;
        this.keys = Keys.of(key);
        this.pseudonyms = pseudonyms;
        this.tally = new Tally(rules);
    }

    /**
     * What leaves of resources: new objects, in the same order, without those of which nothing leaves.
     *
     * @param patient id of the patient to whom all of them belong, who decides how their dates move; null if each names its
     *     own patient, as in a Bundle, or belongs to none. Dates that a rule moves do not leave where there is no patient
     * @param resources not changed
     * @throws RuntimeException if pseudonyms can't be had; then nothing leaves
     */
    public List<ObjectNode> apply(@Nullable String patient, List<ObjectNode> resources) {
        return applyEach(patient, resources).stream()
                .filter(resource -> !resource.isEmpty())
                .toList();
    }

    /** As {@link #apply}, but with an empty object for each resource of which nothing leaves: as many as came. */
    public List<ObjectNode> applyEach(@Nullable String patient, List<ObjectNode> resources) {
        Pending pending = new Pending();
        Walk walk = new Walk(rules, keys.fork(), tally, pending);
        List<ObjectNode> leaving = new ArrayList<>(resources.size());
        for (ObjectNode resource : resources) {
            ObjectNode left = walk.resource(resource, patient);
            leaving.add(left == null ? JsonNodeFactory.instance.objectNode() : left);
        }
        pending.fill(pseudonyms);
        return leaving;
    }

    /**
     * The id under which a resource leaves where the rules hash ids, for the register of what was disclosed to whom.
     *
     * @param id the id of the resource at the site
     */
    public String leavingId(String id) {
        return keys.fork().id(id, rules.settings().hashDigits());
    }

    /** What was done so far, by all threads. */
    public DeidentReport report() {
        return tally.report();
    }
}
