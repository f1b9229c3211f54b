package allmende.app.projects;

import java.time.LocalDate;
import java.util.Optional;

/** Tells whether what a build took of a patient is still permitted. */
interface Permission {

    /**
     * Compares what the patient's consents permitted then with what they permit now.
     *
     * @param patient id of the patient
     * @param t snapshot of the build
     * @param day the day by which it judged consent
     * @return why it is not permitted any more, a stable code; nothing where it still is
     */
    Optional<String> withdrawn(DataUseProject project, String patient, long t, LocalDate day);
}
