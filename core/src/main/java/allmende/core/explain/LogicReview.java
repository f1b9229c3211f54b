package allmende.core.explain;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.explain.Finding.Code;
import allmende.core.explain.Finding.Severity;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at how criteria stand to each other. */
final class LogicReview {

    private final CohortQuery query;
    private final Implication implication;
    private final List<Finding> findings = new ArrayList<>();

    private LogicReview(CohortQuery query, Implication implication) {
        this.query = query;
        this.implication = implication;
    }

    static List<Finding> of(CohortQuery query, Implication implication) {
        LogicReview review = new LogicReview(query, implication);
        review.exclusions();
        review.superfluous();
        review.repeated();
        review.valuesApart();
        return review.findings;
    }

    /** Everybody in the cohort meets this: some inclusion group finds nobody else. */
    private Optional<List<Criterion>> forcing(Criterion met) {
        return query.inclusion().stream()
                .filter(group -> group.stream().allMatch(criterion -> implication.implies(criterion, met)))
                .findFirst();
    }

    private void exclusions() {
        for (List<Criterion> group : query.exclusion()) {
            if (group.stream().allMatch(criterion -> forcing(criterion).isPresent())) {
                Criterion first = group.getFirst();
                List<String> related = forcing(first).orElseThrow().stream()
                        .map(Criterion::pointer)
                        .toList();
                add(Code.EXCLUSION_REMOVES_ALL, Severity.ERROR, first, related);
            } else if (group.size() == 1) {
                contradicted(group.getFirst());
            }
        }
    }

    private void contradicted(Criterion excluded) {
        for (List<Criterion> group : query.inclusion()) {
            for (Criterion criterion : group) {
                if (implication.implies(criterion, excluded)) {
                    add(Code.CONTRADICTION, Severity.WARNING, criterion, List.of(excluded.pointer()));
                }
            }
        }
    }

    private void superfluous() {
        List<List<Criterion>> inclusion = query.inclusion();
        for (int wide = 0; wide < inclusion.size(); wide++) {
            for (int narrow = 0; narrow < inclusion.size(); narrow++) {
                if (wide != narrow && stricter(inclusion.get(narrow), inclusion.get(wide))) {
                    boolean both = stricter(inclusion.get(wide), inclusion.get(narrow));
                    if (!both || narrow < wide) {
                        superfluous(inclusion.get(wide), inclusion.get(narrow));
                        break;
                    }
                }
            }
        }
    }

    private boolean stricter(List<Criterion> narrow, List<Criterion> wide) {
        return narrow.stream().allMatch(one -> wide.stream().anyMatch(other -> implication.implies(one, other)));
    }

    private void superfluous(List<Criterion> wide, List<Criterion> narrow) {
        add(
                Code.GROUP_SUPERFLUOUS,
                Severity.WARNING,
                wide.getFirst(),
                List.of(narrow.getFirst().pointer()));
    }

    private void repeated() {
        query.inclusion().forEach(this::repeatedIn);
        query.exclusion().forEach(this::repeatedIn);
        query.inclusion().forEach(this::coveredIn);
        List<Criterion> alone = query.exclusion().stream()
                .filter(group -> group.size() == 1)
                .map(List::getFirst)
                .toList();
        coveredIn(alone);
        query.inclusion().forEach(group -> group.forEach(this::coveredTerms));
        query.exclusion().forEach(group -> group.forEach(this::coveredTerms));
    }

    private void repeatedIn(List<Criterion> group) {
        for (int index = 1; index < group.size(); index++) {
            Criterion criterion = group.get(index);
            for (Criterion earlier : group.subList(0, index)) {
                if (implication.same(earlier, criterion)) {
                    add(Code.REPEATED, Severity.WARNING, criterion, List.of(earlier.pointer()));
                    break;
                }
            }
        }
    }

    /** In an OR, a criterion that implies another one adds nothing. */
    private void coveredIn(List<Criterion> group) {
        for (Criterion narrow : group) {
            for (Criterion wide : group) {
                if (implication.implies(narrow, wide) && !implication.same(narrow, wide)) {
                    add(Code.CODE_COVERED, Severity.HINT, narrow, List.of(wide.pointer()), wide.display());
                    break;
                }
            }
        }
    }

    private void coveredTerms(Criterion criterion) {
        for (Coding term : criterion.termCodes()) {
            for (Coding top : criterion.termCodes()) {
                if (!term.equals(top) && implication.within(term, top)) {
                    findings.add(new Finding(
                            Code.CODE_COVERED,
                            Severity.HINT,
                            criterion.pointer(),
                            List.of(term.code(), top.code()),
                            List.of(criterion.pointer())));
                    break;
                }
            }
        }
    }

    /** Two groups of one criterion each, on the same codes, with values that no single result has. */
    private void valuesApart() {
        List<Criterion> alone = query.inclusion().stream()
                .filter(group -> group.size() == 1)
                .map(List::getFirst)
                .filter(criterion -> !criterion.context().equals(PersonReview.CONTEXT))
                .toList();
        for (int index = 0; index < alone.size(); index++) {
            for (Criterion other : alone.subList(index + 1, alone.size())) {
                Criterion one = alone.get(index);
                if (one.context().equals(other.context())
                        && one.termCodes().equals(other.termCodes())
                        && apart(one, other)) {
                    add(Code.VALUES_APART, Severity.WARNING, other, List.of(one.pointer()));
                }
            }
        }
    }

    private static boolean apart(Criterion one, Criterion other) {
        Optional<ValueWindow> first = ValueWindow.of(one.value());
        Optional<ValueWindow> second = ValueWindow.of(other.value());
        return first.isPresent() && second.isPresent() && first.get().apart(second.get());
    }

    private void add(Code code, Severity severity, Criterion at, List<String> related, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add(at.display());
        arguments.addAll(List.of(more));
        findings.add(new Finding(code, severity, at.pointer(), arguments, related));
    }
}
