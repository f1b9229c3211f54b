package allmende.engine.load;

import allmende.core.fhir.FhirTimes;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks through a resource for what may not be stored: dates that are none, and the character NUL. Which elements are
 * dates is told by their names: those whose type is date, dateTime or instant wherever FHIR R4 uses the name for a
 * text.
 */
final class DateElements {

    private static final Set<String> NAMES = Set.of("""
            abatementDateTime answerDate answerDateTime approvalDate authored authoredOn birthDate bornDate
            collectedDateTime created createdDateTime creation date dateAsserted dateDateTime dateOfFirstAuthorization
            dateTime dateWritten deceasedDate deceasedDateTime defaultValueDate defaultValueDateTime defaultValueInstant
            detected dueDate effectiveDate effectiveDateTime effectiveInstant effectiveTime end enteredDate
            expirationDate expiry fixedDate fixedDateTime fixedInstant identifiedDateTime internationalBirthDate issued
            lastModified lastOccurrence lastPerformed lastReviewDate lastUpdated lockedDate manufactureDate maxValueDate
            maxValueDateTime maxValueInstant minValueDate minValueDateTime minValueInstant nextScheduled
            occurredDateTime occurrenceDateTime onset onsetDateTime participantEffectiveDateTime patternDate
            patternDateTime patternInstant paymentDate performedDateTime presentationDate publicationDate received
            receivedTime recorded recordedDate recordedOn releaseDate restoreDate sent servicedDate start startDate
            started statusDate studyEffectiveDateTime time timeDateTime timestamp timingDate timingDateTime validTo
            validationDate valueDate valueDateTime valueInstant verificationDate whenHandedOver whenPrepared
            """.strip().split("\\s+"));

    /** Timing.event, the one list of dates. */
    private static final String EVENT = "event";

    private DateElements() {}

    /** The first fault, with the path of the element; null where there is none. */
    static @Nullable Rejection check(JsonNode resource) {
        String type = resource.path("resourceType").asString("");
        // GraphDefinition.start is the code of a resource type
        return inObject(resource, type, type.equals("GraphDefinition"));
    }

    private static @Nullable Rejection inObject(JsonNode object, String path, boolean anyStart) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (value.isString()) {
                boolean date = NAMES.contains(name) && !(anyStart && name.equals("start"));
                Rejection fault = inText(value.stringValue(), date);
                if (fault != null) {
                    return fault.at(path + "." + name);
                }
            } else if (value.isContainer()) {
                Rejection fault = value.isObject() ? inObject(value, "", false) : inArray(value, name.equals(EVENT));
                if (fault != null) {
                    return fault.at(path + "." + name + fault.path());
                }
            }
        }
        return null;
    }

    private static @Nullable Rejection inArray(JsonNode array, boolean dates) {
        int index = 0;
        for (JsonNode element : array.values()) {
            Rejection fault = element.isString()
                    ? inText(element.stringValue(), dates)
                    : element.isObject()
                            ? inObject(element, "", false)
                            : element.isArray() ? inArray(element, false) : null;
            if (fault != null) {
                return fault.at("[" + index + "]" + fault.path());
            }
            index++;
        }
        return null;
    }

    private static @Nullable Rejection inText(String text, boolean date) {
        if (date && FhirTimes.span(text) == null) {
            return new Rejection(RejectionCode.ILLEGAL_DATE, "not a date that exists");
        }
        return text.indexOf('\0') < 0
                ? null
                : new Rejection(RejectionCode.ILLEGAL_CHARACTER, "the character NUL cannot be stored");
    }
}
