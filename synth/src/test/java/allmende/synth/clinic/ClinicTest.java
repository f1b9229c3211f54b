package allmende.synth.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.synth.clinic.Care.Intervention;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClinicTest {

    private static final String PACKAGE = "/erp/package/de.gematik.terminology-1.0.5-4.tgz";

    /** Codes that the program hands out by itself, beside those of the tables. */
    private static final Set<String> OPS_OF_VENTILATION =
            Set.of("8-701", "8-718.70", "8-718.71", "8-98f.0", "8-98f.10");

    private static final Set<String> STAGES = Set.of("N18.1", "N18.2", "N18.3", "N18.4", "N18.5");

    private final Clinic clinic = Clinic.shipped();

    @Test
    void everyCodeExistsInTheClassificationsOf2025AndIsAsFineAsTheyAre() throws IOException {
        Map<String, Set<String>> known = classifications();
        Set<String> icd = known.get("CodeSystem-icd10gm-2025.json");
        Set<String> ops = known.get("CodeSystem-ops-2025.json");
        Set<String> usedIcd = new TreeSet<>(STAGES);
        Set<String> usedOps = new TreeSet<>(OPS_OF_VENTILATION);
        for (Disease disease : clinic.diseases()) {
            disease.codes().forEach(code -> usedIcd.add(code.icd()));
            for (Care care : disease.care()) {
                usedIcd.addAll(care.codes());
                care.procedures().stream().map(Intervention::ops).forEach(usedOps::add);
            }
        }
        assertThat(icd).hasSizeGreaterThan(10_000).containsAll(usedIcd);
        assertThat(ops).hasSizeGreaterThan(25_000).containsAll(usedOps);
    }

    @Test
    void risksAreRaisedOnlyByDiseasesDrawnBefore() {
        Set<String> before = new HashSet<>();
        for (Disease disease : clinic.diseases()) {
            assertThat(before).as(disease.id()).containsAll(disease.raisedBy().keySet());
            assertThat(before.add(disease.id())).as(disease.id()).isTrue();
            assertThat(clinic.departments()).containsKey(disease.department());
            assertThat(disease.codes()).as(disease.id()).isNotEmpty();
        }
        assertThat(before).hasSizeGreaterThan(50);
    }

    private Stream<LabTest.Report> reports() {
        return clinic.labs().values().stream().flatMap(lab -> Stream.of(lab.report(false), lab.report(true)));
    }

    @Test
    void everyUnitIsUcum() throws UcumException {
        UcumEssenceService ucum =
                new UcumEssenceService(UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml"));
        reports().filter(report -> !report.unit().isEmpty()).forEach(report -> assertThat(ucum.validate(report.unit()))
                .as(report.loinc())
                .isNull());
        clinic.drugs().values().forEach(drug -> assertThat(ucum.validate(drug.unit()))
                .as(drug.id())
                .isNull());
    }

    @Test
    void casNumbersHaveTheirCheckDigit() {
        for (Drug drug : clinic.drugs().values()) {
            String digits = drug.cas().replace("-", "");
            int sum = 0;
            for (int i = 0; i < digits.length() - 1; i++) {
                sum += (digits.length() - 1 - i) * (digits.charAt(i) - '0');
            }
            assertThat(sum % 10).as(drug.id()).isEqualTo(digits.charAt(digits.length() - 1) - '0');
            assertThat(drug.atc()).matches("[A-Z][0-9]{2}[A-Z]{2}([0-9]{2})?");
        }
    }

    @Test
    void loincCodesHaveTheirCheckDigit() {
        for (LabTest.Report lab : reports().toList()) {
            String digits = lab.loinc().substring(0, lab.loinc().indexOf('-'));
            int sum = 0;
            for (int i = 0; i < digits.length(); i++) {
                int digit = digits.charAt(digits.length() - 1 - i) - '0';
                int weighted = i % 2 == 0 ? 2 * digit : digit;
                sum += weighted / 10 + weighted % 10;
            }
            assertThat(lab.loinc()).endsWith("-" + (10 - sum % 10) % 10);
        }
    }

    /** Codes without children, by file name. */
    private static Map<String, Set<String>> classifications() throws IOException {
        Map<String, Set<String>> codes = new HashMap<>();
        JsonMapper mapper = JsonMapper.builder().build();
        try (InputStream raw = ClinicTest.class.getResourceAsStream(PACKAGE);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst(".*/", "");
                if (name.equals("CodeSystem-icd10gm-2025.json") || name.equals("CodeSystem-ops-2025.json")) {
                    Set<String> leaves = codes.computeIfAbsent(name, n -> new HashSet<>());
                    for (JsonNode concept : mapper.readTree(tar.readAllBytes()).path("concept")) {
                        boolean parent = concept.path("property")
                                .valueStream()
                                .anyMatch(p -> p.path("code").asString().equals("child"));
                        if (!parent) {
                            leaves.add(concept.path("code").asString());
                        }
                    }
                }
            }
        }
        return codes;
    }
}
