package allmende.core.path;

import java.util.HashSet;
import java.util.Set;

/** Elements of FHIR R4 that have a choice of types ({@code value[x]}), and the types they choose from. */
final class ChoiceTypes {

    private static final Set<String> ELEMENTS = Set.of(
            "abatement",
            "age",
            "allowed",
            "amount",
            "answer",
            "asNeeded",
            "author",
            "born",
            "bounds",
            "code",
            "collected",
            "content",
            "deceased",
            "defaultValue",
            "definition",
            "detail",
            "diagnosis",
            "dose",
            "due",
            "effective",
            "entity",
            "event",
            "fastingStatus",
            "fixed",
            "identified",
            "item",
            "legallyBinding",
            "location",
            "maxValue",
            "medication",
            "minValue",
            "module",
            "multipleBirth",
            "name",
            "occurred",
            "occurrence",
            "offset",
            "onset",
            "participantEffective",
            "pattern",
            "performed",
            "probability",
            "procedure",
            "product",
            "rate",
            "reported",
            "scheduled",
            "serviced",
            "source",
            "start",
            "statusReason",
            "subject",
            "target",
            "time",
            "timing",
            "topic",
            "used",
            "value");

    private static final Set<String> TYPES = Set.of(
            "Address",
            "Age",
            "Annotation",
            "Attachment",
            "Base64Binary",
            "Boolean",
            "Canonical",
            "Code",
            "CodeableConcept",
            "Coding",
            "ContactDetail",
            "ContactPoint",
            "Contributor",
            "Count",
            "DataRequirement",
            "Date",
            "DateTime",
            "Decimal",
            "Distance",
            "Dosage",
            "Duration",
            "Expression",
            "HumanName",
            "Id",
            "Identifier",
            "Instant",
            "Integer",
            "Markdown",
            "Meta",
            "Money",
            "Oid",
            "ParameterDefinition",
            "Period",
            "PositiveInt",
            "Quantity",
            "Range",
            "Ratio",
            "Reference",
            "RelatedArtifact",
            "SampledData",
            "Signature",
            "String",
            "Time",
            "Timing",
            "TriggerDefinition",
            "UnsignedInt",
            "Uri",
            "Url",
            "UsageContext",
            "Uuid");

    private static final Set<String> PRIMITIVES = Set.of(
            "Base64Binary",
            "Boolean",
            "Canonical",
            "Code",
            "Date",
            "DateTime",
            "Decimal",
            "Id",
            "Instant",
            "Integer",
            "Markdown",
            "Oid",
            "PositiveInt",
            "String",
            "Time",
            "UnsignedInt",
            "Uri",
            "Url",
            "Uuid");

    /** Names of types as paths write them: primitive types start with a small letter. */
    private static final Set<String> WRITTEN_TYPES = writtenTypes();

    private ChoiceTypes() {}

    static boolean isChoice(String element) {
        return ELEMENTS.contains(element);
    }

    static boolean isDataType(String type) {
        return WRITTEN_TYPES.contains(type);
    }

    /** Whether a property holds the element in one of its types: {@code valueQuantity} holds {@code value}. */
    static boolean holds(String property, String element) {
        return property.length() > element.length()
                && property.startsWith(element)
                && TYPES.contains(property.substring(element.length()));
    }

    /** The property that holds the element in this type. */
    static String property(String element, String type) {
        return element + Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    /** A type as paths write it, from the end of a property's name: {@code DateTime} is {@code dateTime}. */
    static String written(String suffix) {
        return PRIMITIVES.contains(suffix) ? Character.toLowerCase(suffix.charAt(0)) + suffix.substring(1) : suffix;
    }

    private static Set<String> writtenTypes() {
        Set<String> written = new HashSet<>();
        for (String type : TYPES) {
            written.add(written(type));
        }
        return Set.copyOf(written);
    }
}
