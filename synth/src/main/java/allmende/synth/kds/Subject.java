package allmende.synth.kds;

import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.profile.HospitalProfile;

/**
 * Where resources of one patient belong.
 *
 * @param json buffer that every resource is written into in turn
 * @param sink takes finished resources
 * @param patient id of the Patient
 * @param site whose patient it is
 */
record Subject(JsonBytes json, ResourceSink sink, String patient, HospitalProfile site) {

    /** Id of the encounter of the whole contact (Einrichtungskontakt). */
    String encounter(Contact contact) {
        return patient + "-c" + contact.number();
    }

    /** Begins a resource. */
    JsonBytes begin(String type, String id, String profile) {
        return Kds.begin(json.clear(), type, id, profile);
    }

    /** Ends the resource and hands it on. */
    void end(String type, String id) {
        sink.resource(type, id, json.raw("}"));
    }

    /** {@code ,"subject":{…}}. */
    void subject() {
        Kds.reference(json, "subject", "Patient", patient);
    }

    /** {@code ,"encounter":{…}}. */
    void encounter(String name, Contact contact) {
        Kds.reference(json, name, "Encounter", encounter(contact));
    }
}
