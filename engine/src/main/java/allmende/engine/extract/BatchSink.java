package allmende.engine.extract;

import allmende.core.extraction.Extracted;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One batch on its way out. {@link #complete} and then {@link #close} make it durable and visible at once; closed without
 * having been completed it leaves nothing.
 */
public interface BatchSink extends Closeable {

    /** Resources that belong to no patient; in batch 0 only, in stretches. */
    void shared(List<Extracted> resources) throws IOException;

    /**
     * All resources of a patient, the Patient first where there is one.
     *
     * @param patient id of the patient as it is in the resources: after de-identification the pseudonym
     */
    void patient(String patient, List<Extracted> resources) throws IOException;

    /** Says that nothing more comes; without this, closing discards the batch. */
    default void complete() throws IOException {}
}
