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
 * HAPI's rules over definitions that are converted once and kept. The rules themselves are made anew for each resource: what
 * they remember of one made them find faults in later ones that have none. Not safe for several threads.
 */
final class Rules {

    private final WorkerContextValidationSupportAdapter context;

    Rules(IValidationSupport support) {
        this.context = WorkerContextValidationSupportAdapter.newVersionSpecificWorkerContextWrapper(support);
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
        List<StructureDefinition> wanted = new ArrayList<>();
        for (String profile : profiles) {
            StructureDefinition found = context.fetchResource(StructureDefinition.class, profile);
            if (found != null) {
                wanted.add(found);
            }
        }
        List<ValidationMessage> messages = new ArrayList<>();
        make().validate(null, messages, new ByteArrayInputStream(resource), FhirFormat.JSON, wanted);
        messages.removeIf(message -> !isAboutResource(message));
        return messages;
    }
}
