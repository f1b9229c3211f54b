package allmende.core.explain;

import allmende.core.cohort.AgeWindow;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.ValueFilter;
import allmende.core.explain.Finding.Code;
import allmende.core.explain.Finding.Severity;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for ages and sexes that nobody has at once. */
final class PersonReview {

    static final String CONTEXT = "Patient";

    private final CohortQuery query;
    private final Catalogue catalogue;
    private final LocalDate today;
    private final List<Finding> findings = new ArrayList<>();

    private PersonReview(CohortQuery query, Catalogue catalogue, LocalDate today) {
        this.query = query;
        this.catalogue = catalogue;
        this.today = today;
    }

    static List<Finding> of(CohortQuery query, Catalogue catalogue, LocalDate today) {
        PersonReview review = new PersonReview(query, catalogue, today);
        review.impossibleAges();
        if (review.findings.isEmpty()) {
            review.ages();
        }
        review.sexes();
        return review.findings;
    }

    private void impossibleAges() {
        query.inclusion().stream()
                .flatMap(List::stream)
                .filter(criterion -> asksAge(criterion) && births(criterion).isEmpty())
                .forEach(criterion -> add(Code.AGE_IMPOSSIBLE, criterion, List.of()));
    }

    private void ages() {
        List<TimeSpan> left = List.of(new TimeSpan(TimeSpan.OPEN_START, TimeSpan.OPEN_END));
        Criterion first = null;
        for (List<Criterion> group : query.inclusion()) {
            if (group.stream().allMatch(this::asksAge)) {
                left = intersect(
                        left,
                        group.stream().flatMap(one -> births(one).stream()).toList());
                if (left.isEmpty()) {
                    add(Code.PERSON_IMPOSSIBLE, group.getFirst(), pointer(first));
                    return;
                }
                first = group.getFirst();
            }
        }
        for (List<Criterion> group : query.exclusion()) {
            if (first != null && group.size() == 1 && asksAge(group.getFirst())) {
                left = without(left, births(group.getFirst()));
                if (left.isEmpty()) {
                    add(Code.PERSON_IMPOSSIBLE, group.getFirst(), pointer(first));
                    return;
                }
            }
        }
    }

    private void sexes() {
        Set<Coding> left = null;
        Criterion first = null;
        for (List<Criterion> group : query.inclusion()) {
            Set<Coding> chosen = sexes(group);
            if (!chosen.isEmpty()) {
                left = left == null ? chosen : common(left, chosen);
                if (left.isEmpty()) {
                    add(Code.PERSON_IMPOSSIBLE, group.getFirst(), pointer(first));
                    return;
                }
                first = group.getFirst();
            }
        }
    }

    /** The sexes that a group of nothing but sexes asks for; none for another group. */
    private static Set<Coding> sexes(List<Criterion> group) {
        Set<Coding> chosen = new HashSet<>();
        for (Criterion criterion : group) {
            boolean concepts = criterion.value() instanceof ValueFilter.Concepts;
            if (!criterion.context().equals(CONTEXT) || !concepts) {
                return Set.of();
            }
            if (criterion.value() instanceof ValueFilter.Concepts(List<Coding> some)) {
                chosen.addAll(some);
            }
        }
        return chosen;
    }

    private static Set<Coding> common(Set<Coding> one, Set<Coding> other) {
        Set<Coding> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    private boolean asksAge(Criterion criterion) {
        return criterion.value() != null
                && !(criterion.value() instanceof ValueFilter.Concepts)
                && catalogue.context(criterion.context()).stream()
                        .flatMap(context -> context.facts().stream())
                        .filter(rule -> rule.values().stream().anyMatch(value -> value.kind() == ValueKind.AGE))
                        .anyMatch(rule -> rule.term() instanceof TermSource.Fixed(Coding age, String _)
                                && criterion.termCodes().contains(age));
    }

    private List<TimeSpan> births(Criterion criterion) {
        ValueFilter value = criterion.value();
        return value == null ? List.of() : AgeWindow.birthWindows(value, today);
    }

    private static List<TimeSpan> intersect(List<TimeSpan> some, List<TimeSpan> others) {
        List<TimeSpan> common = new ArrayList<>();
        for (TimeSpan one : some) {
            for (TimeSpan other : others) {
                if (one.overlaps(other)) {
                    common.add(new TimeSpan(
                            Math.max(one.startMinute(), other.startMinute()),
                            Math.min(one.endMinute(), other.endMinute())));
                }
            }
        }
        return common;
    }

    private static List<TimeSpan> without(List<TimeSpan> some, List<TimeSpan> taken) {
        List<TimeSpan> left = some;
        for (TimeSpan gap : taken) {
            List<TimeSpan> rest = new ArrayList<>();
            for (TimeSpan one : left) {
                if (!one.overlaps(gap)) {
                    rest.add(one);
                    continue;
                }
                if (one.startMinute() < gap.startMinute()) {
                    rest.add(new TimeSpan(one.startMinute(), gap.startMinute() - 1));
                }
                if (gap.endMinute() < one.endMinute()) {
                    rest.add(new TimeSpan(gap.endMinute() + 1, one.endMinute()));
                }
            }
            left = rest;
        }
        return left;
    }

    private static List<String> pointer(@Nullable Criterion criterion) {
        return criterion == null ? List.of() : List.of(criterion.pointer());
    }

    private void add(Code code, Criterion criterion, List<String> related) {
        findings.add(new Finding(code, Severity.ERROR, criterion.pointer(), List.of(criterion.display()), related));
    }
}
