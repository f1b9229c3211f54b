package allmende.synth.kds;

import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.ConsentDocument;
import allmende.synth.life.Contact;
import allmende.synth.life.Course;
import allmende.synth.life.Medication;
import allmende.synth.profile.HospitalProfile;
import allmende.synth.profile.Offering;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Writes everything that the hospital has of one patient. Not safe for use by several threads at once. */
public final class CourseWriter {

    private final JsonBytes json = new JsonBytes();
    private final HospitalProfile site;

    /** A writer of what that site has. */
    public CourseWriter(HospitalProfile site) {
        this.site = site;
    }

    /** Writes the patient's resources, always in the same order. */
    public void write(Course course, ResourceSink sink) {
        Subject subject = new Subject(json, sink, "pat-" + course.person().index(), site);
        Course.Death death = course.death();
        PatientWriter.write(subject, course.person(), death == null ? Long.MAX_VALUE : death.minute());
        for (Contact contact : course.contacts()) {
            contact(subject, contact, course.person().female());
        }
        VitalWriter.vitalStatus(subject, course, lastKnown(course));
        if (death != null) {
            ConditionWriter.death(subject, death);
        }
        if (site.offers(Offering.CONSENT)) {
            int number = 1;
            for (ConsentDocument document : course.consents()) {
                ConsentWriter.write(subject, document, number++);
            }
        }
    }

    private void contact(Subject subject, Contact contact, boolean female) {
        EncounterWriter.write(subject, contact);
        for (int i = 0; i < contact.diagnoses().size(); i++) {
            ConditionWriter.write(subject, contact, i);
        }
        each(Offering.INTENSIVE_CARE, contact.vitals(), i -> VitalWriter.write(subject, contact, i));
        each(Offering.LABORATORY, contact.measurements(), i -> LabWriter.write(subject, contact, i, female));
        for (int i = 0; i < contact.operations().size(); i++) {
            boolean ventilation = contact.operations().get(i).ventilation();
            if (site.offers(ventilation ? Offering.INTENSIVE_CARE : Offering.PROCEDURES)) {
                ProcedureWriter.write(subject, contact, i);
            }
        }
        for (int i = 0; i < contact.medications().size(); i++) {
            if (site.offers(part(contact.medications().get(i).kind()))) {
                MedicationWriter.write(subject, contact, i);
            }
        }
        each(Offering.BIOBANK, contact.samples(), i -> SpecimenWriter.write(subject, contact, i));
    }

    private void each(Offering offering, List<?> items, IntConsumer writer) {
        if (site.offers(offering)) {
            IntStream.range(0, items.size()).forEach(writer);
        }
    }

    private static Offering part(Medication.Kind kind) {
        return switch (kind) {
            case REQUEST -> Offering.ORDERS;
            case ADMINISTRATION -> Offering.ADMINISTRATIONS;
            case STATEMENT -> Offering.STATEMENTS;
        };
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
