package allmende.app.extraction;

import allmende.core.fhir.FhirJson;
import allmende.core.profile.DataProfile;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Things that identify a person, put where sources of a hospital have been seen to hold them: in elements for it, and in
 * those that are for something else. Each place gets a word, a number or a date of its own, so that what is found again
 * tells where it came from.
 */
public final class Plants {

    /** Type, path (a number is a place in an array), and what is put there: {@code #} is the number of the place. */
    private static final String PLACES = """
            Patient name/0/family Nachname#Q
            Patient name/0/given/0 Vorname#Q
            Patient name/0/text Herr#Q
            Patient name/0/_family/extension/0/url https://example.org/own-name
            Patient name/0/_family/extension/0/valueString Eigenname#Q
            Patient telecom/0/value 0305550#
            Patient telecom/1/value post#q@example.org
            Patient address/0/line/0 Strasse#Q
            Patient address/0/city Stadt#Q
            Patient address/0/district Bezirk#Q
            Patient address/0/text Anschrift#Q
            Patient address/0/postalCode 69#7
            Patient birthDate 1951-03-#
            Patient _birthDate/extension/0/url http://hl7.org/fhir/StructureDefinition/patient-birthTime
            Patient _birthDate/extension/0/valueDateTime 1951-03-17T04:#:00+01:00
            Patient deceasedDateTime 2024-11-13T04:#:00+01:00
            Patient identifier/7/system https://example.org/sid/site
            Patient identifier/7/value Fall77#Q
            Patient identifier/8/value Ohne#Q
            Patient identifier/8/assigner/display Stelle#Q
            Patient contact/0/name/text Mutter#Q
            Patient contact/0/telecom/0/value 0405550#
            Patient photo/0/title Bild#Q
            Patient photo/0/url https://example.org/foto#q.jpg
            Patient text/status generated
            Patient text/div <div xmlns="http://www.w3.org/1999/xhtml">Erzaehlung#Q</div>
            Patient generalPractitioner/0/display Hausarzt#Q
            Patient managingOrganization/display Haus#Q
            Patient maritalStatus/text Ehe#Q
            Patient communication/0/language/text Sprache#Q
            Patient extension/0/url https://example.org/unknown
            Patient extension/0/valueString Beruf#Q
            Patient meta/source https://example.org/kis/quelle#q
            Patient meta/tag/0/display Marke#Q
            Patient contained/0/resourceType RelatedPerson
            Patient contained/0/id r
            Patient contained/0/name/0/text Verwandt#Q
            Condition code/text Diagnosetext#Q
            Condition code/coding/0/display Anzeige#Q
            Condition note/0/text Notiz#Q
            Condition identifier/0/value Cid#Q
            Condition recorder/display Arzt#Q
            Condition encounter/display Besuch#Q
            Condition encounter/identifier/value Fallnr#Q
            Condition evidence/0/detail/0/display Beleg#Q
            Condition bodySite/0/text Ort#Q
            Condition text/status generated
            Condition text/div <div xmlns="http://www.w3.org/1999/xhtml">Bericht#Q</div>
            Observation note/0/text Kommentar#Q
            Observation identifier/0/value Probe#Q
            Observation performer/0/display Labor#Q
            Observation code/text Analyt#Q
            Observation method/text Verfahren#Q
            Observation interpretation/0/text Deutung#Q
            Observation referenceRange/0/text Bereich#Q
            Observation component/0/valueString Teil#Q
            Observation dataAbsentReason/text Grund#Q
            Observation device/display Geraet#Q
            Procedure note/0/text Opbericht#Q
            Procedure performer/0/actor/display Chirurg#Q
            Procedure outcome/text Ausgang#Q
            Procedure code/text Eingriff#Q
            Procedure location/display Saal#Q
            Encounter identifier/0/value Aufnahme#Q
            Encounter location/0/location/display Zimmer#Q
            Encounter participant/0/individual/display Pflege#Q
            Encounter reasonCode/0/text Anlass#Q
            Encounter hospitalization/preAdmissionIdentifier/value Vorab#Q
            MedicationAdministration note/0/text Gabe#Q
            MedicationAdministration dosage/text Dosis#Q
            MedicationStatement dosage/0/patientInstruction Anweisung#Q
            MedicationStatement note/0/text Einnahme#Q
            MedicationStatement informationSource/display Tochter#Q
            """;

    private static final int FIRST = 11;

    private final List<String[]> places = new ArrayList<>();
    private final Set<String> planted = new LinkedHashSet<>();

    /** Nothing planted yet. */
    public Plants() {
        PLACES.lines().forEach(line -> places.add(line.split(" ", 3)));
    }

    /** The things that identify somebody and were put into at least one resource. */
    public Set<String> planted() {
        return planted;
    }

    /** Plants all that belongs to the type of a resource. */
    public void plant(ObjectNode resource) {
        String type = resource.path("resourceType").stringValue("");
        Map<String, JsonNode> added = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            String[] place = places.get(i);
            if (place[0].equals(type)) {
                String text = place[2].replace("#", Integer.toString(FIRST + i));
                put(resource, place[1].split("/"), text, added);
                if (place[2].contains("#")) {
                    planted.add(text);
                }
            }
        }
    }

    /** Plants into all bundles below a folder; the ids of the patients in them. */
    public Set<String> plant(Path folder) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        List<Path> files;
        try (Stream<Path> paths = Files.walk(folder)) {
            files = paths.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            ObjectNode bundle = (ObjectNode) FhirJson.parse(Files.readAllBytes(file));
            for (JsonNode entry : bundle.path("entry").values()) {
                ObjectNode resource = (ObjectNode) entry.path("resource");
                plant(resource);
                if (resource.path("resourceType").stringValue("").equals("Patient")) {
                    ids.add(resource.path("id").stringValue());
                }
            }
            Files.writeString(file, bundle.toString());
        }
        return ids;
    }

    /** Attribute groups with every field of every profile that is known, whether it identifies or not. */
    public static ArrayNode everyField() {
        ArrayNode groups = JsonNodeFactory.instance.arrayNode();
        boolean patient = false;
        int number = 0;
        for (DataProfile profile : Profiles.shipped().all()) {
            if (profile.isPatient() && patient) {
                continue;
            }
            patient |= profile.isPatient();
            ObjectNode group = groups.addObject();
            group.put("id", "g" + ++number).put("name", "Gruppe " + number).put("groupReference", profile.url());
            var attributes = group.putArray("attributes");
            for (ProfileField field : profile.fields()) {
                if (!field.isReference()) {
                    attributes.addObject().put("attributeRef", field.path()).put("mustHave", false);
                }
            }
        }
        return groups;
    }

    private static void put(ObjectNode resource, String[] path, String text, Map<String, JsonNode> added) {
        JsonNode at = resource;
        String way = "";
        for (int i = 0; i < path.length - 1; i++) {
            way += "/" + path[i];
            JsonNode above = at;
            boolean array = isNumber(path[i + 1]);
            int step = i;
            at = added.computeIfAbsent(way, _ -> child(above, path[step], array));
        }
        String last = path[path.length - 1];
        if (at instanceof ArrayNode array) {
            if (array.isEmpty()) {
                array.add(text);
            } else {
                array.set(Math.min(Integer.parseInt(last), array.size() - 1), text);
            }
        } else if (at instanceof ObjectNode object) {
            object.put(last, text);
        }
    }

    /** The element of this name or at this place; where the place is beyond the end, one is added. */
    private static JsonNode child(JsonNode at, String step, boolean array) {
        if (at instanceof ArrayNode list) {
            int place = Integer.parseInt(step);
            return place < list.size() ? list.get(place) : list.addObject();
        }
        ObjectNode object = (ObjectNode) at;
        JsonNode there = object.get(step);
        if (there != null && there.isContainer()) {
            return there;
        }
        return array ? object.putArray(step) : object.putObject(step);
    }

    private static boolean isNumber(String step) {
        return Character.isDigit(step.charAt(0));
    }
}
