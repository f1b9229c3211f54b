package allmende.synth.life;

import allmende.synth.person.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the hospital knows of one patient.
 *
 * @param person who
 * @param lastDay day of death, or the last day of observation
 * @param death what happened at the end; null: the patient lives
 * @param contacts contacts with the hospital in the order of time
 * @param consents consent documents in the order of time
 */
public record Course(
        Person person, int lastDay, @Nullable Death death, List<Contact> contacts, List<ConsentDocument> consents) {

    /**
     * A death.
     *
     * @param minute when
     * @param cause ICD-10 (WHO) code
     * @param contact the stay in which the patient died; null: outside the hospital
     */
    public record Death(long minute, String cause, @Nullable Contact contact) {}
}
