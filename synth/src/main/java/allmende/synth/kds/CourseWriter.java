package allmende.synth.kds;

import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.ConsentDocument;
import allmende.synth.life.Contact;
import allmende.synth.life.Course;

/** Writes everything that the hospital has of one patient. Not safe for use by several threads at once. */
public final class CourseWriter {

    private final JsonBytes json = new JsonBytes();

    /** Writes the patient's resources, always in the same order. */
    public void write(Course course, ResourceSink sink) {
        Subject subject = new Subject(json, sink, "pat-" + course.person().index());
        Course.Death death = course.death();
        PatientWriter.write(
                json.clear(), subject.patient(), course.person(), death == null ? Long.MAX_VALUE : death.minute());
        sink.resource("Patient", subject.patient(), json);
        for (Contact contact : course.contacts()) {
            contact(subject, contact, course.person().female());
        }
        VitalWriter.vitalStatus(subject, course, lastKnown(course));
        if (death != null) {
            ConditionWriter.death(subject, death);
        }
        int number = 1;
        for (ConsentDocument document : course.consents()) {
            ConsentWriter.write(subject, document, number++);
        }
    }

    private static void contact(Subject subject, Contact contact, boolean female) {
        EncounterWriter.write(subject, contact);
        for (int i = 0; i < contact.diagnoses().size(); i++) {
            ConditionWriter.write(subject, contact, i);
        }
        for (int i = 0; i < contact.vitals().size(); i++) {
            VitalWriter.write(subject, contact, i);
        }
        for (int i = 0; i < contact.measurements().size(); i++) {
            LabWriter.write(subject, contact, i, female);
        }
        for (int i = 0; i < contact.operations().size(); i++) {
            ProcedureWriter.write(subject, contact, i);
        }
        for (int i = 0; i < contact.medications().size(); i++) {
            MedicationWriter.write(subject, contact, i);
        }
        for (int i = 0; i < contact.samples().size(); i++) {
            SpecimenWriter.write(subject, contact, i);
        }
    }

    private static long lastKnown(Course course) {
        Course.Death death = course.death();
        if (death != null) {
            return death.minute();
        }
        if (course.contacts().isEmpty()) {
            return GermanTime.at(course.lastDay(), 600);
        }
        Contact last = course.contacts().getLast();
        return last.open() ? GermanTime.at(course.lastDay(), 600) : last.end();
    }
}
