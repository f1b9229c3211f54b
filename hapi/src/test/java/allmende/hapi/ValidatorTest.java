package allmende.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidatorTest {

    private static final String PROFILE = """
            {"resourceType":"StructureDefinition","id":"p%1$s","url":"http://example.org/StructureDefinition/p",
             "version":"%1$s","name":"P","status":"active","fhirVersion":"4.0.1","kind":"resource","abstract":false,
             "type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
             "derivation":"constraint","differential":{"element":[{"id":"Patient.%2$s","path":"Patient.%2$s","min":1}]}}""";
    private static final String PATIENT = """
            {"resourceType":"Patient","id":"secret-4711","meta":{"profile":["http://example.org/StructureDefinition/p%s"]},
             "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">x</div>"},
             "gender":"weiblich","birthDate":"1971-13-45","name":[{"family":"Geheimnis","given":["Erika"]}]}""";

    /** A profile in two versions, each demanding another element. */
    private static final class TwoVersions implements Definitions {

        @Override
        public byte @Nullable [] find(String resourceType, String canonical) {
            if (!resourceType.equals("StructureDefinition")
                    || !canonical.startsWith("http://example.org/StructureDefinition/p")) {
                return null;
            }
            boolean old = canonical.endsWith("|2025");
            byte[] profile = (old ? PROFILE.formatted("2025", "telecom") : PROFILE.formatted("2026", "address"))
                    .getBytes(StandardCharsets.UTF_8);
            return withSnapshot(profile);
        }

        private static byte[] withSnapshot(byte[] profile) {
            return switch (new Snapshots(Definitions.NONE).make(profile)) {
                case Snapshots.Outcome.Made(byte[] made) -> made;
                case Snapshots.Outcome.Failed(String reason) -> throw new AssertionError(reason);
            };
        }
    }

    private final Validator validator = new Validator(new TwoVersions(), Terms.NONE);

    @Test
    void holdsResourcesAgainstTheVersionTheyClaim() {
        assertThat(messages("|2025")).contains("Patient.telecom").doesNotContain("Patient.address");
        assertThat(messages("|2026")).contains("Patient.address").doesNotContain("Patient.telecom");
        assertThat(messages("")).contains("Patient.address").doesNotContain("Patient.telecom");
    }

    @Test
    void tellsFindingsWithoutValues() {
        Validation told = validate(PATIENT.formatted(""));
        assertThat(told.errors()).isGreaterThanOrEqualTo(3);
        assertThat(told.toString()).doesNotContain("Geheimnis", "Erika", "1971", "4711", "weiblich");
        assertThat(told.findings()).extracting(Finding::location).contains("Patient.gender", "Patient.birthDate");
    }

    @Test
    void namesUnknownProfilesAndTakesThemForNoError() {
        Validation told = validate("""
                {"resourceType":"Observation","meta":{"profile":["http://example.org/other|1"]},"status":"final",
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"123"}]},"valueString":"x"}""");
        assertThat(told.unknownProfiles()).containsExactly("http://example.org/other|1");
        assertThat(told.errors()).isZero();
    }

    @Test
    void whatIsNoResourceHasOneFinding() {
        for (String broken : List.of("", "[]", "{", "{\"resourceType\":\"Meier\"}")) {
            assertThat(validate(broken).findings()).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo("unreadable");
                assertThat(finding.message()).doesNotContain("Meier");
            });
        }
    }

    @Test
    void snapshotsAreMadeOrTheReasonIsTold() {
        Snapshots snapshots = new Snapshots(new TwoVersions());
        byte[] profile = PROFILE.formatted("2026", "address").getBytes(StandardCharsets.UTF_8);
        assertThat(snapshots.make(profile))
                .asInstanceOf(InstanceOfAssertFactories.type(Snapshots.Outcome.Made.class))
                .satisfies(made -> assertThat(new String(made.profile(), StandardCharsets.UTF_8))
                        .contains("\"snapshot\":{", "\"id\":\"Patient.link.type\""));
        String orphan = PROFILE.formatted("2026", "address")
                .replace("fhir/StructureDefinition/Patient", "fhir/StructureDefinition/Nobody");
        assertThat(snapshots.make(orphan.getBytes(StandardCharsets.UTF_8)))
                .asInstanceOf(InstanceOfAssertFactories.type(Snapshots.Outcome.Failed.class))
                .satisfies(failed -> assertThat(failed.reason()).contains("Nobody"));
    }

    private String messages(String version) {
        return validate(PATIENT.formatted(version)).findings().toString();
    }

    private Validation validate(String resource) {
        return validator.validate(resource.getBytes(StandardCharsets.UTF_8));
    }
}
