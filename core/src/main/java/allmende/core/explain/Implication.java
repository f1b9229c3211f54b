package allmende.core.explain;

import allmende.core.cohort.CanonicalQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether one criterion says at least what another one says, so that whoever meets the first meets the second. Never says
 * so wrongly; may miss it.
 */
final class Implication {

    private final Terminology terminology;
    private final IdentityHashMap<Criterion, byte[]> meanings = new IdentityHashMap<>();

    Implication(Terminology terminology) {
        this.terminology = terminology;
    }

    /** Whether both ask the same in whatever words. */
    boolean same(Criterion one, Criterion other) {
        return Arrays.equals(meaning(one), meaning(other));
    }

    private byte[] meaning(Criterion criterion) {
        return meanings.computeIfAbsent(criterion, CanonicalQuery::of);
    }

    /** Whether every patient who meets {@code narrow} meets {@code wide}, whatever the data. */
    boolean implies(Criterion narrow, Criterion wide) {
        if (!narrow.context().equals(wide.context())) {
            return false;
        }
        return same(narrow, wide) || (wide.extension().isEmpty() && covers(narrow, wide));
    }

    private boolean covers(Criterion narrow, Criterion wide) {
        return narrow.termCodes().stream()
                        .allMatch(term -> wide.termCodes().stream().anyMatch(top -> within(term, top)))
                && value(narrow.value(), wide.value())
                && new HashSet<>(narrow.attributes()).containsAll(wide.attributes())
                && time(narrow.time(), wide.time());
    }

    /** Whether the code is the other one or stands below it. */
    boolean within(Coding code, Coding top) {
        if (code.equals(top)) {
            return true;
        }
        Optional<Hierarchy> hierarchy = terminology.hierarchy(top.system());
        if (hierarchy.isEmpty() || !Terminology.canonical(code.system()).equals(Terminology.canonical(top.system()))) {
            return false;
        }
        OptionalInt here = hierarchy.get().position(code.code());
        OptionalInt above = hierarchy.get().position(top.code());
        return here.isPresent()
                && above.isPresent()
                && hierarchy.get().subtree(above.getAsInt()).stream()
                        .anyMatch(range -> range.low() <= here.getAsInt() && here.getAsInt() <= range.high());
    }

    private static boolean value(@Nullable ValueFilter narrow, @Nullable ValueFilter wide) {
        if (wide == null || wide.equals(narrow)) {
            return true;
        }
        if (narrow instanceof ValueFilter.Concepts(List<Coding> few)
                && wide instanceof ValueFilter.Concepts(List<Coding> many)) {
            return new HashSet<>(many).containsAll(few);
        }
        Optional<ValueWindow> inner = ValueWindow.of(narrow);
        Optional<ValueWindow> outer = ValueWindow.of(wide);
        return inner.isPresent() && outer.isPresent() && outer.get().contains(inner.get());
    }

    private static boolean time(@Nullable TimeSpan narrow, @Nullable TimeSpan wide) {
        return wide == null
                || (narrow != null
                        && wide.startMinute() <= narrow.startMinute()
                        && narrow.endMinute() <= wide.endMinute());
    }
}
