package allmende.core.explain;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.Feature;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.explain.Finding.Code;
import allmende.core.explain.Finding.Severity;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.Units;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at criteria one by one, and at what sites have. */
final class DataReview {

    private static final long MINUTES_PER_DAY = 1440;
    private static final String CONSENT = "Einwilligung";

    private final Terminology terminology;
    private final Availability availability;
    private final LocalDate today;
    private final Units units = new Units();
    private final List<Finding> findings = new ArrayList<>();

    private DataReview(Terminology terminology, Availability availability, LocalDate today) {
        this.terminology = terminology;
        this.availability = availability;
        this.today = today;
    }

    static List<Finding> of(CohortQuery query, Terminology terminology, Availability availability, LocalDate today) {
        DataReview review = new DataReview(terminology, availability, today);
        List<Criterion> criteria = Stream.of(query.inclusion(), query.exclusion())
                .flatMap(List::stream)
                .flatMap(List::stream)
                .toList();
        criteria.forEach(review::criterion);
        review.features(query, criteria);
        boolean consent = query.inclusion().stream().anyMatch(group -> group.stream()
                .allMatch(criterion -> criterion.context().equals(CONSENT)));
        if (!consent) {
            review.findings.add(new Finding(Code.NO_CONSENT, Severity.HINT, "", List.of(), List.of()));
        }
        return review.findings;
    }

    private void criterion(Criterion criterion) {
        unknownCodes(criterion);
        noData(criterion);
        unit(criterion);
        TimeSpan time = criterion.time();
        if (time != null && time.startMinute() >= (today.toEpochDay() + 1) * MINUTES_PER_DAY) {
            add(Code.TIME_IN_FUTURE, Severity.WARNING, criterion, criterion.display());
        }
        Within within = criterion.extension().within();
        if (within != null) {
            criterion(within.of());
            if (apart(time, within)) {
                add(
                        Code.TIME_APART,
                        Severity.WARNING,
                        criterion,
                        criterion.display(),
                        within.of().display());
            }
        }
    }

    private void unknownCodes(Criterion criterion) {
        for (Coding term : criterion.termCodes()) {
            Optional<Hierarchy> hierarchy = terminology.hierarchy(term.system());
            if (hierarchy.isPresent() && hierarchy.get().position(term.code()).isEmpty()) {
                add(Code.UNKNOWN_CODE, Severity.WARNING, criterion, term.code());
            }
        }
    }

    private void noData(Criterion criterion) {
        boolean none = criterion.termCodes().stream()
                .allMatch(
                        term -> availability.patients(criterion.context(), term).orElse(1) == 0);
        if (none && !criterion.termCodes().isEmpty()) {
            add(Code.NO_DATA, Severity.WARNING, criterion, criterion.display());
        }
    }

    private void unit(Criterion criterion) {
        String asked = unit(criterion.value());
        Set<String> published = new TreeSet<>();
        criterion.termCodes().forEach(term -> published.addAll(availability.units(criterion.context(), term)));
        boolean age = criterion.context().equals(PersonReview.CONTEXT);
        if (asked != null
                && !age
                && !published.isEmpty()
                && published.stream().noneMatch(unit -> units.convertible(asked, unit))) {
            add(
                    Code.UNIT_MISMATCH,
                    Severity.WARNING,
                    criterion,
                    criterion.display(),
                    asked,
                    String.join(", ", published));
        }
    }

    private static @Nullable String unit(@Nullable ValueFilter filter) {
        return switch (filter) {
            case null -> null;
            case ValueFilter.Concepts _ -> null;
            case ValueFilter.Comparison comparison -> comparison.unit();
            case ValueFilter.Range range -> range.unit();
        };
    }

    /** Whether the days asked for lie beyond the distance from those of the other criterion. */
    private static boolean apart(@Nullable TimeSpan time, Within within) {
        TimeSpan other = within.of().time();
        if (time == null || other == null) {
            return false;
        }
        long distance = (within.days() + 1) * MINUTES_PER_DAY;
        boolean before = other.startMinute() - time.endMinute() > distance;
        boolean after = time.startMinute() - other.endMinute() > distance;
        return switch (within.direction()) {
            case BEFORE -> before || time.startMinute() > other.endMinute();
            case AFTER -> after || time.endMinute() < other.startMinute();
            case EITHER -> before || after;
        };
    }

    private void features(CohortQuery query, List<Criterion> criteria) {
        for (Feature feature : query.features()) {
            Set<String> sites = availability.without(feature);
            Optional<Criterion> first = criteria.stream()
                    .filter(criterion -> criterion.extension().features().contains(feature))
                    .findFirst();
            if (!sites.isEmpty() && first.isPresent()) {
                String names = String.join(", ", new TreeSet<>(sites));
                add(
                        Code.EXTENSION_NOT_UNDERSTOOD,
                        Severity.WARNING,
                        first.get(),
                        first.get().display(),
                        names);
            }
        }
    }

    private void add(Code code, Severity severity, Criterion criterion, String... arguments) {
        findings.add(new Finding(code, severity, criterion.pointer(), List.of(arguments), List.of()));
    }
}
