package allmende.core.deident.risk;

import allmende.core.path.ElementPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The usual quasi-identifiers of the core data set, read from the resources of one patient as they leave. What neighbours,
 * employers or a newspaper may know: time of birth, sex, region, death; and what one is in hospital for, the main diagnosis.
 */
public enum KdsRisk {
    /** Somebody knows the person; the main diagnosis is what they must not learn. */
    DEMOGRAPHIC(new RiskColumns(List.of("birth", "sex", "region", "death"), List.of("mainDiagnosis"))),

    /** Somebody knows as well what the person was treated for, to the three characters of ICD-10-GM. */
    WITH_DIAGNOSIS(new RiskColumns(List.of("birth", "sex", "region", "death", "mainDiagnosis"), List.of()));

    private static final String ICD = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";
    private static final int CATEGORY = 3;

    private static final ElementPath BIRTH = ElementPath.compile("Patient.birthDate");
    private static final ElementPath SEX = ElementPath.compile("Patient.gender");
    private static final ElementPath REGION = ElementPath.compile("Patient.address.postalCode");
    private static final ElementPath CODE =
            ElementPath.compile("Condition.code.coding.where(system = '" + ICD + "').code");
    private static final ElementPath START = ElementPath.compile("Encounter.period.start");

    /** The main diagnosis of a stay by its rank or by its role; CC and DD are those of HL7's diagnosis-role. */
    private static final ElementPath MAIN = ElementPath.compile("Encounter.diagnosis.where(rank = 1 or"
            + " use.coding.where(code = 'CC' or code = 'DD' or code = 'hospital-main-diagnosis').exists())"
            + ".condition.reference");

    // a record of copied lists; it can't be annotated without a library
    @SuppressWarnings("ImmutableEnumChecker")
    private final RiskColumns columns;

    KdsRisk(RiskColumns columns) {
        this.columns = columns;
    }

    /** The columns of the rows. */
    public RiskColumns columns() {
        return columns;
    }

    /** The row of a patient; what the resources don't have is an empty text. */
    public RiskRow row(List<? extends JsonNode> resources) {
        List<String> person = new ArrayList<>();
        person.add(text(resources, BIRTH));
        person.add(text(resources, SEX));
        person.add(text(resources, REGION));
        person.add(Boolean.toString(isDead(resources)));
        String diagnosis = mainDiagnosis(resources);
        return switch (this) {
            case DEMOGRAPHIC -> new RiskRow(person, List.of(diagnosis));
            case WITH_DIAGNOSIS -> {
                person.add(diagnosis);
                yield new RiskRow(person, List.of());
            }
        };
    }

    /** Of the first stay, or else the first in the order of codes, so that the order of resources does not matter. */
    private static String mainDiagnosis(List<? extends JsonNode> resources) {
        Map<String, String> byReference = new HashMap<>();
        for (JsonNode resource : resources) {
            JsonNode code = CODE.first(resource);
            if (code != null && code.isString()) {
                String text = code.stringValue();
                byReference.put(
                        "Condition/" + resource.path("id").stringValue(""),
                        text.substring(0, Math.min(CATEGORY, text.length())));
            }
        }
        return resources.stream()
                .filter(resource -> START.first(resource) != null)
                .sorted(Comparator.comparing(KdsRisk::start))
                .map(encounter -> mainOf(encounter, byReference))
                .filter(category -> !category.isEmpty())
                .findFirst()
                .orElseGet(
                        () -> byReference.values().stream().sorted().findFirst().orElse(""));
    }

    private static String start(JsonNode encounter) {
        JsonNode start = START.first(encounter);
        return (start == null ? "" : start.stringValue(""))
                + encounter.path("id").stringValue("");
    }

    private static String mainOf(JsonNode encounter, Map<String, String> byReference) {
        return MAIN.evaluate(encounter).stream()
                .map(reference -> byReference.getOrDefault(reference.stringValue(""), ""))
                .filter(category -> !category.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static boolean isDead(List<? extends JsonNode> resources) {
        return resources.stream()
                .anyMatch(resource ->
                        resource.path("resourceType").stringValue("").equals("Patient")
                                && (resource.path("deceasedBoolean").booleanValue(false)
                                        || resource.has("deceasedDateTime")
                                        || resource.has("_deceasedDateTime")));
    }

    private static String text(List<? extends JsonNode> resources, ElementPath path) {
        for (JsonNode resource : resources) {
            @Nullable JsonNode value = path.first(resource);
            if (value != null && value.isString()) {
                return value.stringValue();
            }
        }
        return "";
    }
}
