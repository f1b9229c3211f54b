package allmende.hapi;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Validates resources against FHIR R4 and the profiles that they claim in {@code meta.profile}. Holds the definitions that
 * it has met in memory; make a new one when packages change. The first resource takes seconds, since FHIR's own
 * definitions are read then. Safe for several threads.
 */
public final class Validator {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> ABOUT_UNKNOWN_PROFILES = Set.of(
            "Validation_VAL_Profile_Unknown",
            "Validation_VAL_Unknown_Profile",
            "VALIDATION_VAL_PROFILE_UNKNOWN",
            "VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY");

    private final TermSupport terms;
    private final IValidationSupport chain;
    private final FhirValidator validator;

    /** Validates with these definitions and terms, besides those of FHIR R4. */
    public Validator(Definitions definitions, Terms terms) {
        this.chain = new ValidationSupportChain(
                Room.base(),
                new PackageSupport(definitions, true),
                new SnapshotGeneratingValidationSupport(Room.context()));
        this.terms = new TermSupport(chain, terms);
        FhirInstanceValidator rules = new FhirInstanceValidator(this.terms.support());
        rules.setAnyExtensionsAllowed(true);
        rules.setErrorForUnknownProfiles(false);
        rules.setNoExtensibleWarnings(false);
        rules.setNoBindingMsgSuppressed(true);
        rules.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        rules.setAssumeValidRestReferences(true);
        this.validator = Room.context().newValidator();
        this.validator.registerValidatorModule(rules);
    }

    /** Validates one resource. What is no FHIR resource at all has one finding, {@code unreadable}. */
    public Validation validate(byte[] resource) {
        JsonNode tree;
        try {
            tree = JSON.readTree(resource);
        } catch (JacksonException broken) {
            return unreadable("It is not JSON.");
        }
        if (tree.path("resourceType").asString("").isEmpty()) {
            return unreadable("It has no resourceType.");
        }
        terms.takeNotChecked();
        try {
            List<SingleValidationMessage> messages = validator
                    .validateWithResult(new String(resource, StandardCharsets.UTF_8), new ValidationOptions())
                    .getMessages();
            return told(messages, tree);
        } catch (DataFormatException broken) {
            return unreadable("It can't be read as a resource of FHIR R4.");
        }
    }

    private static Validation unreadable(String message) {
        return new Validation(
                List.of(new Finding(Finding.Severity.ERROR, "unreadable", "", "", message)), Map.of(), Set.of());
    }

    private Validation told(List<SingleValidationMessage> messages, JsonNode tree) {
        Masking masking = new Masking(tree);
        Map<String, String> profiles = new HashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (JsonNode claimed : tree.path("meta").path("profile")) {
            String canonical = claimed.asString("");
            profiles.put(canonical.replaceAll("\\|.*", ""), canonical);
            if (chain.fetchStructureDefinition(canonical) == null) {
                unknown.add(canonical);
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (SingleValidationMessage message : messages) {
            String code = message.getMessageId() == null ? "unnamed" : message.getMessageId();
            if (message.getSeverity() == ResultSeverityEnum.FATAL) {
                return unreadable("It can't be read as a resource of FHIR R4.");
            }
            if (code.equals("Validation_VAL_Unknown_Profile")) {
                unknown.add(text(message).replaceAll(".*\\s", ""));
            }
            if (!ABOUT_UNKNOWN_PROFILES.contains(code)) {
                findings.add(finding(message, code, masking, profiles.keySet()));
            }
        }
        return new Validation(findings, terms.takeNotChecked(), unknown);
    }

    private static Finding finding(SingleValidationMessage message, String code, Masking masking, Set<String> claimed) {
        String text = text(message);
        String profile = claimed.stream().filter(text::contains).findFirst().orElse("");
        return new Finding(
                severity(message.getSeverity()),
                code.replaceAll("[#:].*", ""),
                location(message.getLocationString()),
                profile,
                masking.mask(text));
    }

    private static String text(SingleValidationMessage message) {
        return message.getMessage() == null ? "" : message.getMessage();
    }

    /** Without the ids that the validator writes beside contained resources, and the line numbers. */
    private static String location(@Nullable String location) {
        return location == null ? "" : location.replaceAll("/\\*.*?\\*/", "").replaceAll("\\s.*", "");
    }

    private static Finding.Severity severity(ResultSeverityEnum severity) {
        return switch (severity) {
            case FATAL, ERROR -> Finding.Severity.ERROR;
            case WARNING -> Finding.Severity.WARNING;
            case INFORMATION -> Finding.Severity.INFORMATION;
        };
    }
}
