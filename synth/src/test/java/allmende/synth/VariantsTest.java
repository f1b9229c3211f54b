package allmende.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.synth.profile.CodeEra;
import allmende.synth.profile.HospitalProfile;
import allmende.synth.profile.HospitalProfiles;
import allmende.synth.profile.LabUnits;
import allmende.synth.profile.Offering;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sites differ in what they have, in codes and in units; each is sound by itself. */
class VariantsTest {

    private final JsonMapper mapper = JsonMapper.builder().build();

    static List<HospitalProfile> profiles() {
        return HospitalProfiles.all().stream()
                .map(profile -> profile.withPatients(120))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theSameProfileGivesTheSameBytes(HospitalProfile profile) {
        List<SyntheticResource> once =
                new SyntheticHospital(profile).resources(0, 30).toList();
        List<SyntheticResource> again =
                new SyntheticHospital(profile).resources(0, 30).toList();
        assertThat(once).hasSameSizeAs(again);
        for (int i = 0; i < once.size(); i++) {
            assertThat(once.get(i).json()).isEqualTo(again.get(i).json());
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void everyReferenceLeadsSomewhere(HospitalProfile profile) {
        Set<String> known = new HashSet<>();
        SyntheticHospital hospital = new SyntheticHospital(profile);
        List<SyntheticResource> resources = hospital.resources().toList();
        resources.forEach(
                r -> assertThat(known.add(r.type() + "/" + r.id())).as(r.id()).isTrue());
        for (SyntheticResource resource : resources) {
            JsonNode node = mapper.readTree(resource.json());
            node.findValuesAsString("reference").forEach(r -> assertThat(known).contains(r));
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void aSiteHasWhatItOffersAndNothingElse(HospitalProfile profile) {
        Map<String, Integer> types = count(profile);
        assertThat(types).containsKeys("Patient", "Encounter", "Condition");
        assertThat(types.containsKey("MedicationRequest")).isEqualTo(profile.offers(Offering.ORDERS));
        assertThat(types.containsKey("MedicationAdministration")).isEqualTo(profile.offers(Offering.ADMINISTRATIONS));
        assertThat(types.containsKey("MedicationStatement")).isEqualTo(profile.offers(Offering.STATEMENTS));
        assertThat(types.containsKey("Procedure"))
                .isEqualTo(profile.offers(Offering.PROCEDURES) || profile.offers(Offering.INTENSIVE_CARE));
        assertThat(types.containsKey("Specimen")).isEqualTo(profile.offers(Offering.BIOBANK));
        assertThat(types.containsKey("Consent")).isEqualTo(profile.offers(Offering.CONSENT));
        assertThat(types.containsKey("lab")).isEqualTo(profile.offers(Offering.LABORATORY));
        assertThat(types.containsKey("vital")).isEqualTo(profile.offers(Offering.INTENSIVE_CARE));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void codesAreThoseOfTheSitesTime(HospitalProfile profile) {
        String all = text(profile);
        String old = "http://fhir.de/CodeSystem/dimdi/icd-10-gm\",\"version\":\"";
        if (profile.era() == CodeEra.DIMDI) {
            assertThat(all).contains(old + "2020").doesNotContain(old + "2021").doesNotContain("CodeSystem/bfarm/");
        } else {
            assertThat(all).contains("CodeSystem/bfarm/icd-10-gm").doesNotContain("CodeSystem/dimdi/");
        }
        assertThat(all)
                .contains("https://" + profile.id() + ".example/")
                .doesNotContain("uk-allmende.example")
                .doesNotContain("269900428");
    }

    @Test
    void unitsDifferButNotWhatIsMeasured() {
        HospitalProfile conventional = HospitalProfile.university(40, 9);
        HospitalProfile international = new HospitalProfile(
                conventional.id(),
                conventional.name(),
                conventional.iknr(),
                40,
                9,
                0,
                conventional.offerings(),
                CodeEra.BFARM,
                LabUnits.SI,
                0);
        List<JsonNode> plain = creatinine(conventional, "2160-0");
        List<JsonNode> si = creatinine(international, "14682-9");
        assertThat(plain).hasSizeGreaterThan(50).hasSameSizeAs(si);
        for (int i = 0; i < plain.size(); i++) {
            assertThat(plain.get(i).at("/valueQuantity/code").asString()).isEqualTo("mg/dL");
            assertThat(si.get(i).at("/valueQuantity/code").asString()).isEqualTo("umol/L");
            assertThat(si.get(i).at("/valueQuantity/value").asDouble())
                    .isBetween(
                            plain.get(i).at("/valueQuantity/value").asDouble() * 88.42 - 0.51,
                            plain.get(i).at("/valueQuantity/value").asDouble() * 88.42 + 0.51);
            assertThat(si.get(i).at("/interpretation/0/coding/0/code"))
                    .isEqualTo(plain.get(i).at("/interpretation/0/coding/0/code"));
        }
        assertThat(creatinine(international, "2160-0")).isEmpty();
    }

    @Test
    void agesShiftAndNobodyIsInsuredTwice() {
        Map<String, Double> birthYears = new TreeMap<>();
        Set<String> insured = new HashSet<>();
        for (HospitalProfile profile : HospitalProfiles.all()) {
            double sum = 0;
            SyntheticHospital hospital = new SyntheticHospital(profile.withPatients(400));
            for (int i = 0; i < 400; i++) {
                JsonNode patient =
                        mapper.readTree(hospital.patient(i).getFirst().json());
                sum += Integer.parseInt(patient.path("birthDate").asString().substring(0, 4));
                String number = patient.at("/identifier/0/value").asString();
                assertThat(patient.path("identifier").size() == 1 || insured.add(number))
                        .as(number)
                        .isTrue();
            }
            birthYears.put(profile.id(), sum / 400);
        }
        assertThat(birthYears.get("klinikum-silbertann")).isLessThan(birthYears.get("uk-morgenfurt") - 2);
        assertThat(birthYears.get("krankenhaus-eulenstieg")).isGreaterThan(birthYears.get("uk-morgenfurt") + 1.5);
    }

    @Test
    void administrationsWithoutOrdersAreRefused() {
        HospitalProfile whole = HospitalProfiles.MORGENFURT;
        assertThatThrownBy(() -> new HospitalProfile(
                        whole.id(),
                        whole.name(),
                        whole.iknr(),
                        1,
                        1,
                        0,
                        Set.of(Offering.ADMINISTRATIONS),
                        CodeEra.BFARM,
                        LabUnits.SI,
                        0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(HospitalProfiles.all().stream()
                        .mapToLong(HospitalProfile::patients)
                        .sum())
                .isEqualTo(5000);
    }

    private Map<String, Integer> count(HospitalProfile profile) {
        Map<String, Integer> types = new TreeMap<>();
        new SyntheticHospital(profile).resources().forEach(resource -> {
            types.merge(resource.type(), 1, Integer::sum);
            String json = new String(resource.json(), StandardCharsets.UTF_8);
            if (json.contains("modul-labor/")) {
                types.merge("lab", 1, Integer::sum);
            }
            if (json.contains("mii-pr-icu-muv")) {
                types.merge("vital", 1, Integer::sum);
            }
        });
        return types;
    }

    private static String text(HospitalProfile profile) {
        StringBuilder all = new StringBuilder();
        new SyntheticHospital(profile)
                .resources()
                .forEach(resource -> all.append(new String(resource.json(), StandardCharsets.UTF_8)));
        return all.toString();
    }

    private List<JsonNode> creatinine(HospitalProfile profile, String loinc) {
        List<JsonNode> found = new ArrayList<>();
        new SyntheticHospital(profile)
                .resources()
                .filter(resource -> resource.type().equals("Observation"))
                .map(resource -> mapper.readTree(resource.json()))
                .filter(node -> node.at("/code/coding/0/code").asString().equals(loinc))
                .forEach(found::add);
        return found;
    }
}
