package allmende.hapi;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;

/**
 * HAPI's rules, made once and used for many resources: HAPI itself makes them anew for each, and reads a register of
 * object identifiers every time, which takes longer than most resources. What they remember of a resource they forget at
 * the next. Not safe for several threads.
 */
final class Reused {

    /** The rules keep an entry for each narrative, so they are made anew now and then. */
    private static final int USES_MAX = 1_000;

    private final WorkerContextValidationSupportAdapter context;
    private InstanceValidator rules;
    private int uses;

    Reused(IValidationSupport support) {
        this.context = WorkerContextValidationSupportAdapter.newVersionSpecificWorkerContextWrapper(support);
        this.rules = make();
    }

    private InstanceValidator make() {
        InstanceValidator made = new InstanceValidator(
                context,
                new FhirInstanceValidator.NullEvaluationContext(),
                new XVerExtensionManagerOld(context),
                new ValidatorSession(),
                new ValidatorSettings());
        made.setAnyExtensionsAllowed(true);
        made.setErrorForUnknownProfiles(false);
        made.setNoExtensibleWarnings(false);
        made.setNoBindingMsgSuppressed(true);
        made.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        made.setAssumeValidRestReferences(true);
        made.setPolicyAdvisor(new FhirDefaultPolicyAdvisor());
        return made;
    }

    /** Messages that tell of the program's own set-up and nothing about a resource. */
    private static boolean isAboutResource(ValidationMessage message) {
        boolean mimeTypes = "Terminology_TX_ValueSet_NotFound".equals(message.getMessageId())
                && message.getMessage().contains("http://hl7.org/fhir/ValueSet/mimetypes");
        return !mimeTypes && !"Terminology_TX_Binding_NoSource".equals(message.getMessageId());
    }

    /** What the rules say about a resource, held against these of its profiles that are there. */
    List<ValidationMessage> validate(byte[] resource, Set<String> profiles) {
        if (++uses > USES_MAX) {
            rules = make();
            uses = 1;
        }
        List<StructureDefinition> wanted = new ArrayList<>();
        for (String profile : profiles) {
            StructureDefinition found = context.fetchResource(StructureDefinition.class, profile);
            if (found != null) {
                wanted.add(found);
            }
        }
        List<ValidationMessage> messages = new ArrayList<>();
        rules.validate(null, messages, new ByteArrayInputStream(resource), FhirFormat.JSON, wanted);
        messages.removeIf(message -> !isAboutResource(message));
        return messages;
    }
}
