package allmende.hapi;

import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;

/** Makes the snapshots of profiles that came with their differential only. For one thread. */
public final class Snapshots {

    private final PackageSupport packages;
    private final ValidationSupportChain chain;

    /** Snapshots over these definitions, which hold the profiles that others build on. */
    public Snapshots(Definitions definitions) {
        packages = new PackageSupport(definitions, false);
        chain = new ValidationSupportChain(
                Room.base(),
                packages,
                new SnapshotGeneratingValidationSupport(Room.context()),
                new CommonCodeSystemsTerminologyService(Room.context()),
                new InMemoryTerminologyServerValidationSupport(Room.context()));
    }

    /** What became of a snapshot. */
    public sealed interface Outcome {

        /** The profile with its snapshot, as JSON, without its narrative. */
        record Made(byte[] profile) implements Outcome {}

        /** It can't be made; one sentence for an engineer. */
        record Failed(String reason) implements Outcome {}
    }

    /** Makes the snapshot of this StructureDefinition. */
    public Outcome make(byte[] profile) {
        StructureDefinition definition;
        try {
            definition = Room.context()
                    .newJsonParser()
                    .parseResource(StructureDefinition.class, new String(profile, StandardCharsets.UTF_8));
        } catch (DataFormatException unreadable) {
            return new Outcome.Failed("It can't be read as a StructureDefinition of FHIR R4.");
        }
        String base = definition.getBaseDefinition();
        if (base != null && chain.fetchStructureDefinition(base) == null) {
            return new Outcome.Failed("It builds on " + base + ", which is not installed.");
        }
        return make(definition);
    }

    // HAPI throws exceptions of many kinds, even plain Errors, for a profile that contradicts its base; each of them
    // means
    // that there is no snapshot.
    private Outcome make(StructureDefinition definition) {
        try {
            IBaseResource made = chain.generateSnapshot(
                    new ValidationSupportContext(chain), definition, definition.getUrl(), null, definition.getName());
            if (!(made instanceof StructureDefinition complete) || !complete.hasSnapshot()) {
                return new Outcome.Failed("The generator made none.");
            }
            complete.setText(null);
            packages.keep(complete.getUrl() + "|" + complete.getVersion(), complete);
            return new Outcome.Made(Room.context()
                    .newJsonParser()
                    .encodeResourceToString(complete)
                    .getBytes(StandardCharsets.UTF_8));
        } catch (VirtualMachineError exhausted) {
            throw exhausted;
        } catch (RuntimeException | Error contradiction) {
            String told = contradiction.getMessage() == null ? "" : contradiction.getMessage();
            return new Outcome.Failed(
                    "The generator refused it: " + told.lines().findFirst().orElse("no reason told"));
        }
    }
}
