package allmende.core.consent;

import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.DerivedTerm;
import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a patient's Consents say about consent criteria, as facts for the index: a fact for each stretch of days on which a
 * criterion on a policy is met, at the Consent that it is met by, with that one's date. Who counts on a day takes the
 * facts that stand on it. Immutable and thread-safe.
 */
public final class ConsentFacts {

    private static final int MINUTES = 1440;

    private final ContextDefinition context;
    private final PolicyCatalogue catalogue = PolicyCatalogue.shipped();
    private final List<Combination> combinations;

    private record Combination(Coding term, List<int[]> groups) {}

    /** A stretch of days on which a policy's criterion is met. */
    private record Piece(int from, int until, Statement by) {

        boolean covers(int day) {
            return from <= day && day <= until;
        }
    }

    /** For the context of consent criteria, whose combined terms it knows. */
    public ConsentFacts(ContextDefinition context) {
        this.context = context;
        this.combinations =
                context.derived().stream().map(ConsentFacts::combination).toList();
    }

    private static Combination combination(DerivedTerm term) {
        return new Combination(
                term.term(),
                term.all().stream()
                        .map(group -> group.stream()
                                .mapToInt(code -> Policy.number(code.system(), code.code()))
                                .toArray())
                        .toList());
    }

    /**
     * The facts of one patient.
     *
     * @param consents all Consents of the patient, in any order
     * @return facts by the id of the Consent they belong to
     */
    public Map<String, List<Fact>> of(List<JsonNode> consents) {
        List<ConsentRecord> records = new ArrayList<>(consents.size());
        Map<String, TimeSpan> signed = new HashMap<>();
        for (JsonNode consent : consents) {
            ConsentRecord record = ConsentReader.read(consent, catalogue);
            records.add(record);
            if (record.signed() != null) {
                signed.put(record.id(), record.signed());
            }
        }
        Declarations declarations = new Declarations(catalogue, records);
        Map<String, List<Fact>> facts = new HashMap<>();
        Map<Integer, List<Piece>> pieces = new HashMap<>();
        BitSet spokenOf = declarations.policies();
        for (int number = spokenOf.nextSetBit(0); number >= 0; number = spokenOf.nextSetBit(number + 1)) {
            Policy policy = catalogue.find(number);
            if (policy != null) {
                List<Piece> found = pieces(declarations, policy);
                pieces.put(number, found);
                add(ConsentRequest.coding(policy.code()), found, signed, facts);
            }
        }
        for (Combination combination : combinations) {
            add(combination.term(), combined(combination, pieces), signed, facts);
        }
        return facts;
    }

    private void add(Coding term, List<Piece> pieces, Map<String, TimeSpan> signed, Map<String, List<Fact>> facts) {
        for (Piece piece : pieces) {
            String consent = piece.by().consent();
            Value standing = new Value.Standing(
                    new TimeSpan((long) piece.from() * MINUTES, (long) piece.until() * MINUTES + MINUTES - 1));
            facts.computeIfAbsent(consent, _ -> new ArrayList<>())
                    .add(new Fact(context.code(), term, standing, signed.get(consent), null));
        }
    }

    /** Between the days on which something is declared, begins or has ended, the answer stays the same. */
    private static List<Piece> pieces(Declarations declarations, Policy policy) {
        TreeSet<Integer> turns = new TreeSet<>();
        for (Statement statement : declarations.statements()) {
            if (declarations.speaksOf(statement, policy)) {
                turns.add(statement.known());
                turns.add(statement.from());
                turns.add(Declarations.until(statement, policy) + 1);
            }
        }
        List<Piece> pieces = new ArrayList<>();
        for (Integer turn : turns) {
            Statement by = turn > DayIntervals.LAST ? null : grantedBy(declarations, policy, turn);
            if (by != null) {
                append(pieces, new Piece(turn, end(turns, turn), by));
            }
        }
        return pieces;
    }

    private static int end(NavigableSet<Integer> turns, int turn) {
        Integer next = turns.higher(turn);
        return next == null ? DayIntervals.LAST : next - 1;
    }

    private static void append(List<Piece> pieces, Piece next) {
        Piece last = pieces.isEmpty() ? null : pieces.getLast();
        if (last != null && last.until() + 1 == next.from() && same(last.by(), next.by())) {
            pieces.removeLast();
            pieces.add(new Piece(last.from(), next.until(), last.by()));
        } else {
            pieces.add(next);
        }
    }

    private static boolean same(Statement one, Statement other) {
        return one.consent().equals(other.consent()) && one.order() == other.order();
    }

    /** The permit by which a criterion on the policy is met on the evaluation day; null where it is not. */
    private static @Nullable Statement grantedBy(Declarations declarations, Policy policy, int day) {
        if (!policy.collecting()) {
            Statement deciding = declarations.deciding(policy, day);
            return deciding != null && deciding.permit() ? deciding : null;
        }
        if (!declarations.met(policy, day)) {
            return null;
        }
        Statement last = null;
        for (Statement statement : declarations.statements()) {
            if (statement.permit()
                    && declarations.speaksOf(statement, policy)
                    && statement.known() <= day
                    && statement.from() <= day) {
                last = statement;
            }
        }
        return last;
    }

    /** Where each group has a policy that is met; the last declared of these stands for all. */
    private static List<Piece> combined(Combination combination, Map<Integer, List<Piece>> pieces) {
        TreeSet<Integer> turns = new TreeSet<>();
        for (int[] group : combination.groups()) {
            boolean any = false;
            for (int policy : group) {
                for (Piece piece : pieces.getOrDefault(policy, List.of())) {
                    turns.add(piece.from());
                    turns.add(piece.until() + 1);
                    any = true;
                }
            }
            if (!any) {
                return List.of();
            }
        }
        List<Piece> combined = new ArrayList<>();
        for (Integer turn : turns) {
            Statement by = grantedBy(combination, pieces, turn);
            if (by != null) {
                append(combined, new Piece(turn, end(turns, turn), by));
            }
        }
        return combined;
    }

    private static @Nullable Statement grantedBy(Combination combination, Map<Integer, List<Piece>> pieces, int day) {
        Statement last = null;
        for (int[] group : combination.groups()) {
            Statement met = null;
            for (int policy : group) {
                for (Piece piece : pieces.getOrDefault(policy, List.of())) {
                    if (piece.covers(day)) {
                        met = later(met, piece.by());
                    }
                }
            }
            if (met == null) {
                return null;
            }
            last = later(last, met);
        }
        return last;
    }

    private static Statement later(@Nullable Statement one, Statement other) {
        return one == null
                        || other.order() > one.order()
                        || (other.order() == one.order() && other.consent().compareTo(one.consent()) > 0)
                ? other
                : one;
    }
}
