package allmende.synth.kds;

import allmende.synth.json.JsonBytes;
import allmende.synth.person.Person;

/** Writes everything that the hospital has of one patient. Not safe for use by several threads at once. */
public final class CourseWriter {

    private final JsonBytes json = new JsonBytes();

    /** Writes the patient's resources in a fixed order. */
    public void write(Person person, ResourceSink sink) {
        String id = "pat-" + person.index();
        PatientWriter.write(json.clear(), id, person, Long.MAX_VALUE);
        sink.resource("Patient", id, json);
    }
}
