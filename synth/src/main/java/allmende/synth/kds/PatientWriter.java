package allmende.synth.kds;

import allmende.synth.json.JsonBytes;
import allmende.synth.person.Person;
import allmende.synth.person.Sex;
import allmende.synth.profile.HospitalProfile;

/** Writes the Patient of module Person. */
final class PatientWriter {

    private static final String PROFILE = Kds.CORE + "modul-person/StructureDefinition/Patient";
    private static final String TYPE_SYSTEM = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String DIVERSE = ",\"_gender\":{\"extension\":[{\"url\":"
            + "\"http://fhir.de/StructureDefinition/gender-amtlich-de\",\"valueCoding\":{\"system\":"
            + "\"http://fhir.de/CodeSystem/gender-amtlich-de\",\"code\":\"D\",\"display\":\"divers\"}}]}";

    private PatientWriter() {}

    /**
     * Writes a patient.
     *
     * @param subject where to write
     * @param person who it is
     * @param deathMinute minute of death, or {@link Long#MAX_VALUE} for the living
     */
    static void write(Subject subject, Person person, long deathMinute) {
        JsonBytes json = subject.begin("Patient", subject.patient(), PROFILE);
        identifiers(json, person, subject.site());
        names(json, person);
        json.raw(",\"gender\":\"").raw(person.sex().code()).raw("\"");
        if (person.sex() == Sex.DIVERSE) {
            json.raw(DIVERSE);
        }
        json.raw(",\"birthDate\":\"").date(person.birthDay()).raw("\"");
        if (deathMinute != Long.MAX_VALUE) {
            Kds.dateTime(json, "deceasedDateTime", deathMinute);
        }
        address(json, person);
        Kds.reference(json, "managingOrganization", "Organization", Kds.ORGANISATION);
        subject.end("Patient", subject.patient());
    }

    private static void identifiers(JsonBytes json, Person person, HospitalProfile site) {
        json.raw(",\"identifier\":[");
        String insuranceNumber = person.insuranceNumber();
        if (insuranceNumber != null) {
            json.raw("{\"use\":\"official\",\"type\":{\"coding\":[{\"system\":"
                            + "\"http://fhir.de/CodeSystem/identifier-type-de-basis\",\"code\":\"KVZ10\"}]},"
                            + "\"system\":\"http://fhir.de/sid/gkv/kvid-10\",\"value\":\"")
                    .raw(insuranceNumber)
                    .raw("\",\"assigner\":{\"identifier\":{\"system\":\"http://fhir.de/sid/arge-ik/iknr\",\"value\":\"")
                    .raw(person.insurer())
                    .raw("\"}}},");
        }
        json.raw("{\"use\":\"usual\",\"type\":{\"coding\":[{\"system\":\"" + TYPE_SYSTEM + "\",\"code\":\"MR\"}]},"
                        + "\"system\":\"")
                .raw(site.identifiers())
                .raw("patienten\",\"value\":\"")
                .number(10_000_000L + person.index())
                .raw("\",\"assigner\":{\"identifier\":{\"type\":{\"coding\":[{\"system\":\"" + TYPE_SYSTEM
                        + "\",\"code\":\"XX\"}]},\"system\":\"http://fhir.de/sid/arge-ik/iknr\",\"value\":\"")
                .raw(site.iknr())
                .raw("\"}}}]");
    }

    private static void names(JsonBytes json, Person person) {
        json.raw(",\"name\":[{\"use\":\"official\",\"family\":")
                .text(person.family())
                .raw(",\"given\":[");
        String separator = "";
        for (String given : person.given()) {
            json.raw(separator).text(given);
            separator = ",";
        }
        json.raw("]}");
        String maidenName = person.maidenName();
        if (maidenName != null) {
            json.raw(",{\"use\":\"maiden\",\"family\":").text(maidenName).raw("}");
        }
        json.raw("]");
    }

    private static void address(JsonBytes json, Person person) {
        json.raw(",\"address\":[{\"type\":\"both\",\"line\":[")
                .text(person.street())
                .raw("],\"city\":")
                .text(person.city())
                .raw(",\"postalCode\":\"")
                .raw(person.postalCode())
                .raw("\",\"country\":\"DE\"}]");
    }
}
