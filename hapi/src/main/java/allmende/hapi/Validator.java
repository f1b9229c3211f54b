package allmende.hapi;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;
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
    private final Queue<Rules> idle = new ConcurrentLinkedQueue<>();

    /** Validates with these definitions and terms, besides those of FHIR R4. */
    public Validator(Definitions definitions, Terms terms) {
        this.chain = new ValidationSupportChain(
                Room.base(),
                new PackageSupport(definitions, true),
                new SnapshotGeneratingValidationSupport(Room.context()));
        this.terms = new TermSupport(chain, terms);
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
        Set<String> claimed = new LinkedHashSet<>();
        tree.path("meta").path("profile").forEach(profile -> claimed.add(profile.asString("")));
        terms.takeNotChecked();
        Rules present = idle.poll();
        Rules rules = present == null ? new Rules(terms.support()) : present;
        try {
            List<ValidationMessage> messages = rules.validate(resource, claimed);
            idle.add(rules);
            return told(messages, tree, claimed);
        } catch (DataFormatException | FHIRException broken) {
            // definitions over which the rules failed are not used again: they may be half-converted
            return unreadable("It can't be read as a resource of FHIR R4.");
        }
    }

    private static Validation unreadable(String message) {
        return new Validation(
                List.of(new Finding(Finding.Severity.ERROR, "unreadable", "", "", message)), Map.of(), Set.of());
    }

    private Validation told(List<ValidationMessage> messages, JsonNode tree, Set<String> claimed) {
        Masking masking = new Masking(tree);
        Map<String, String> profiles = new HashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (String canonical : claimed) {
            profiles.put(canonical.replaceAll("\\|.*", ""), canonical);
            if (chain.fetchStructureDefinition(canonical) == null) {
                unknown.add(canonical);
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (ValidationMessage message : messages) {
            String code = message.getMessageId() == null ? "unnamed" : message.getMessageId();
            if (message.getLevel() == IssueSeverity.FATAL) {
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

    private static Finding finding(ValidationMessage message, String code, Masking masking, Set<String> claimed) {
        String text = text(message);
        String profile = claimed.stream().filter(text::contains).findFirst().orElse("");
        return new Finding(
                severity(message.getLevel()), name(code), location(message.getLocation()), profile, masking.mask(text));
    }

    /** A condition of a profile goes by the address of the profile and its own key, of which the key is enough. */
    private static String name(String code) {
        return code.startsWith("http") ? code.replaceAll(".*#", "") : code.replaceAll("[#:].*", "");
    }

    private static String text(ValidationMessage message) {
        return message.getMessage() == null ? "" : message.getMessage();
    }

    /** Without the ids that the validator writes beside contained resources, and the line numbers. */
    private static String location(@Nullable String location) {
        return location == null ? "" : location.replaceAll("/\\*.*?\\*/", "").replaceAll("\\s.*", "");
    }

    private static Finding.Severity severity(IssueSeverity severity) {
        return switch (severity) {
            case FATAL, ERROR -> Finding.Severity.ERROR;
            case WARNING -> Finding.Severity.WARNING;
            case INFORMATION, NULL -> Finding.Severity.INFORMATION;
        };
    }
}
