package allmende.engine.proof;

import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Position;
import allmende.core.cohort.Within;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a criterion asks beyond CCDL, patient by patient. */
final class NaiveExtension {

    private final NaiveEvaluator evaluator;
    private final Criterion criterion;
    private final CriterionExtension extension;

    NaiveExtension(NaiveEvaluator evaluator, Criterion criterion) {
        this.evaluator = evaluator;
        this.criterion = criterion;
        this.extension = criterion.extension();
    }

    /** Those with enough resources that match. */
    Set<String> patients() {
        Map<String, List<JsonNode>> candidates = extension.position() == null
                ? evaluator.meeting(criterion)
                : evaluator.meeting(new Criterion(
                        criterion.context(),
                        criterion.termCodes(),
                        "",
                        null,
                        criterion.attributes(),
                        criterion.time(),
                        CriterionExtension.NONE,
                        ""));
        Within within = extension.within();
        Map<String, List<JsonNode>> others = within == null ? Map.of() : evaluator.meeting(within.of());
        int enough = extension.atLeast() == null ? 1 : extension.atLeast();
        Set<String> patients = new TreeSet<>();
        candidates.forEach((patient, resources) -> {
            long matching = positioned(resources)
                    .filter(resource ->
                            within == null || near(resource, within, others.getOrDefault(patient, List.of())))
                    .count();
            if (matching >= enough) {
                patients.add(patient);
            }
        });
        return patients;
    }

    /** Where the first or last is asked for, those of them whose value passes. */
    private Stream<JsonNode> positioned(List<JsonNode> resources) {
        if (extension.position() == null) {
            return resources.stream();
        }
        List<LocalDateTime> starts = resources.stream()
                .flatMap(resource -> evaluator.start(resource, criterion).stream())
                .sorted(extension.position() == Position.FIRST ? Comparator.naturalOrder() : Comparator.reverseOrder())
                .toList();
        return resources.stream()
                .filter(resource -> evaluator
                        .start(resource, criterion)
                        .filter(start -> start.equals(starts.getFirst()))
                        .isPresent())
                .filter(resource -> evaluator.meets(resource, criterion));
    }

    private boolean near(JsonNode resource, Within within, List<JsonNode> others) {
        Optional<LocalDateTime> start = evaluator.start(resource, criterion);
        return start.isPresent()
                && others.stream()
                        .flatMap(other -> evaluator.start(other, within.of()).stream())
                        .anyMatch(other -> fits(start.get(), other, within));
    }

    private static boolean fits(LocalDateTime start, LocalDateTime other, Within within) {
        long later = ChronoUnit.DAYS.between(start.toLocalDate(), other.toLocalDate());
        return Math.abs(later) <= within.days()
                && switch (within.direction()) {
                    case BEFORE -> later >= 0;
                    case AFTER -> later <= 0;
                    case EITHER -> true;
                };
    }
}
