package allmende.engine.proof;

import allmende.engine.count.AgeSexCell;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Counts a cohort by age and sex, patient by patient. */
final class NaiveDistribution {

    private static final int[][] BANDS = {
        {-1, -1}, {0, 17}, {18, 29}, {30, 39}, {40, 49}, {50, 59}, {60, 69}, {70, 79}, {80, 10_000}
    };

    private NaiveDistribution() {}

    static List<AgeSexCell> of(Set<String> cohort, Collection<? extends JsonNode> resources, LocalDate today) {
        List<AgeSexCell> cells = new ArrayList<>();
        for (int[] band : BANDS) {
            for (String sex : List.of("female", "male", "other", "unknown")) {
                long patients = resources.stream()
                        .filter(resource ->
                                resource.get("resourceType").asString().equals("Patient"))
                        .filter(patient -> cohort.contains(patient.get("id").asString()))
                        .filter(patient -> sex(patient).equals(sex))
                        .filter(patient -> age(patient, today) >= band[0] && age(patient, today) <= band[1])
                        .count();
                cells.add(new AgeSexCell(band[0], band[1] < 0 || band[1] > 200 ? null : band[1], sex, patients));
            }
        }
        return cells;
    }

    private static String sex(JsonNode patient) {
        List<String> genders = NaivePath.evaluate("gender", patient).stream()
                .map(gender -> gender.asString(""))
                .toList();
        return Stream.of("female", "male", "other")
                .filter(genders::contains)
                .findFirst()
                .orElse("unknown");
    }

    private static int age(JsonNode patient, LocalDate today) {
        return NaivePath.evaluate("birthDate", patient).stream()
                .flatMap(birth -> NaiveTime.of(birth).stream())
                .map(birth -> birth.first().toLocalDate())
                .filter(birth -> !birth.isAfter(today))
                .map(birth -> Period.between(birth, today).getYears())
                .reduce(-1, Math::max);
    }
}
