package allmende.app.quality;

import allmende.core.terminology.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Learns from the data in which units a code is measured here, and finds values in a unit of another kind. Units that can
 * be converted into each other are of one kind. Codes with declared bounds are left to these.
 */
final class UsualUnits {

    /** Name of the check in the file of rules. */
    static final String CHECK = "usual-unit";

    private static final Units UNITS = new Units();

    private final QualityTables tables;
    private final RuleBook book;

    UsualUnits(QualityTables tables, RuleBook book) {
        this.tables = tables;
        this.book = book;
    }

    /** How often a code was measured in a unit. */
    record Use(String code, String unit, long times) {}

    /** Works out anew which values are in an unusual unit; within the caller's transaction. */
    void find() {
        for (Rule rule : book.rules()) {
            if (rule.check().equals(CHECK)) {
                find(rule);
            }
        }
    }

    private void find(Rule rule) {
        List<Use> uses = tables.client()
                .sql("select code, unit, count(*) from measure group by code, unit")
                .query((row, n) -> new Use(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
        long kind = tables.kind(Streams.RULES, Found.of(rule));
        tables.client().sql("delete from issue where kind = ?").param(kind).update();
        for (Use use : unusual(uses, rule.support(), code -> book.bound(code) != null)) {
            tables.client()
                    .sql("insert into issue select 'rules', rid, ?, '' from measure where code = ? and unit = ?")
                    .params(kind, use.code(), use.unit())
                    .update();
        }
    }

    /** Those whose unit is of another kind than the usual one of their code, where there is one. */
    static List<Use> unusual(List<Use> uses, Rule.Support support, Predicate<String> declared) {
        Map<String, List<Use>> byCode = new HashMap<>();
        uses.stream().filter(use -> !declared.test(use.code())).forEach(use -> byCode.computeIfAbsent(
                        use.code(), code -> new ArrayList<>())
                .add(use));
        List<Use> found = new ArrayList<>();
        for (List<Use> ofCode : byCode.values()) {
            long all = ofCode.stream().mapToLong(Use::times).sum();
            for (Use usual : ofCode) {
                List<Use> others =
                        ofCode.stream().filter(use -> !isSameKind(usual, use)).toList();
                long agree = all - others.stream().mapToLong(Use::times).sum();
                if (all >= support.times() && agree < all && agree * 100 >= all * support.percent()) {
                    found.addAll(others);
                    break;
                }
            }
        }
        return found;
    }

    private static boolean isSameKind(Use one, Use other) {
        return one.unit().equals(other.unit())
                || (UNITS.knows(one.unit())
                        && UNITS.knows(other.unit())
                        && UNITS.convertible(one.unit(), other.unit()));
    }
}
