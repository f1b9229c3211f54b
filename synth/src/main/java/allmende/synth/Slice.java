package allmende.synth;

import allmende.synth.kds.ResourceSink;
import java.io.IOException;
import java.util.Map;

/** A run of patients on its way to disk. Filled by one thread, finished by another, in the order of the patients. */
interface Slice extends ResourceSink {

    /** All resources of that patient have been taken. */
    void endOfPatient(long patient) throws IOException;

    /** Puts down what is left and tells how many resources of each type the slice had. */
    Map<String, Long> finish() throws IOException;
}
