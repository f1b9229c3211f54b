package allmende.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Validates a sample that covers every profile against the published profiles, where their packages lie beside us. */
class ProfileValidationTest {

    private static final int PER_PROFILE = 15;
    private static final List<String> PACKAGES = List.of(
            "definitions-2026/kerndatensatzmodul-intensivmedizin.tgz",
            "definitions-2026/kerndatensatzmodul-consent.tgz",
            "de.medizininformatikinitiative.kerndatensatz.base-2026.0.0.tgz",
            "de.medizininformatikinitiative.kerndatensatz.laborbefund-2025.0.2.tgz",
            "de.medizininformatikinitiative.kerndatensatz.medikation-2025.0.0.tgz",
            "de.medizininformatikinitiative.kerndatensatz.biobank-2025.0.4.tgz",
            "de.medizininformatikinitiative.kerndatensatz.meta-2025.0.0.tgz",
            "de.medizininformatikinitiative.kerndatensatz.consent-2025.0.4.tgz",
            "de.basisprofil.r4-1.5.4.tgz",
            "de.gematik.isik-vitalparameter-4.0.1.tgz",
            "de.ihe-d.terminology-3.0.1.tgz");

    /** The published profile of body weight has a slice of categories that no validator can tell from the others. */
    private static final String DEFECT = "SLICING_CANNOT_BE_EVALUATED";

    /** Beginnings of messages that say only that a code system is not at hand. */
    private static final Set<String> TERMINOLOGY =
            Set.of("Terminology_", "UNABLE_TO_CHECK_IF_THE_PROVIDED_CODES", "Validation_VAL_Unknown_Code");

    private final FhirContext context = FhirContext.forR4Cached();

    @Test
    void everyProfileIsMet() {
        Path folder = packages();
        assumeTrue(Files.isDirectory(folder), "SKIPPED: no FHIR packages in " + folder);
        FhirValidator validator = validator(folder);
        Map<String, List<SyntheticResource>> sample = sample();
        Set<String> errors = new TreeSet<>();
        sample.forEach((profile, resources) -> {
            for (SyntheticResource resource : resources) {
                String json = new String(resource.json(), StandardCharsets.UTF_8);
                for (SingleValidationMessage message :
                        validator.validateWithResult(json).getMessages()) {
                    boolean severe = message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0;
                    boolean defect = profile.endsWith("-koerpergewicht") && DEFECT.equals(message.getMessageId());
                    if (severe && !defect && !terminology(message)) {
                        errors.add(profile.replaceFirst(".*/", "") + ": " + message.getMessageId() + " "
                                + message.getLocationString() + ": " + message.getMessage());
                    }
                }
            }
        });
        assertThat(errors).as("validation errors").isEmpty();
        assertThatABrokenResourceIsFound(validator, sample);
        assertThat(sample).hasSizeGreaterThanOrEqualTo(18);
        assertThat(sample.values().stream().mapToInt(List::size).sum()).isBetween(200, 600);
    }

    /** The control: without its identifier a laboratory value must not pass. */
    private static void assertThatABrokenResourceIsFound(
            FhirValidator validator, Map<String, List<SyntheticResource>> sample) {
        String profile = sample.keySet().stream()
                .filter(p -> p.endsWith("/ObservationLab"))
                .findFirst()
                .orElseThrow();
        String json = new String(sample.get(profile).getFirst().json(), StandardCharsets.UTF_8);
        String broken = json.replaceFirst("\"code\":\"OBI\"", "\"code\":\"XX\"");
        assertThat(validator.validateWithResult(broken).getMessages())
                .anyMatch(m -> m.getSeverity() == ResultSeverityEnum.ERROR && !terminology(m));
        assertThat(validator.validateWithResult(json).getMessages())
                .noneMatch(m -> m.getSeverity() == ResultSeverityEnum.ERROR && !terminology(m));
    }

    private static boolean terminology(SingleValidationMessage message) {
        String id = String.valueOf(message.getMessageId());
        return TERMINOLOGY.stream().anyMatch(id::startsWith);
    }

    private FhirValidator validator(Path folder) {
        PackageSupport packages = new PackageSupport(context);
        PACKAGES.stream().map(folder::resolve).filter(Files::exists).forEach(packages::add);
        ValidationSupportChain chain = new ValidationSupportChain(
                packages,
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new SnapshotGeneratingValidationSupport(context));
        FhirInstanceValidator instances = new FhirInstanceValidator(chain);
        instances.setErrorForUnknownProfiles(true);
        instances.setAnyExtensionsAllowed(false);
        return context.newValidator().registerValidatorModule(instances);
    }

    private static Map<String, List<SyntheticResource>> sample() {
        Map<String, List<SyntheticResource>> sample = new HashMap<>();
        SyntheticHospital hospital = new SyntheticHospital(3000, 42);
        JsonMapper mapper = JsonMapper.builder().build();
        Stream.concat(hospital.organisation().stream(), hospital.resources(0, 400))
                .forEach(resource -> {
                    String profile = mapper.readTree(resource.json())
                            .at("/meta/profile/0")
                            .asString(resource.type());
                    List<SyntheticResource> chosen = sample.computeIfAbsent(profile, p -> new ArrayList<>());
                    if (chosen.size() < PER_PROFILE) {
                        chosen.add(resource);
                    }
                });
        return sample;
    }

    static Path packages() {
        String shared = System.getenv("ALLMENDE_SHARED");
        Path root = Path.of(System.getProperty("allmende.root", ".."));
        return (shared != null ? Path.of(shared) : root.resolve("../shared")).resolve("packages");
    }
}
