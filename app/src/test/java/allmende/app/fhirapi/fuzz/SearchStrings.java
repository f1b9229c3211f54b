package allmende.app.fhirapi.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Searches by a grammar that goes beyond what is allowed. */
final class SearchStrings {

    private static final List<String> TYPES = List.of(
            "Patient",
            "Observation",
            "Condition",
            "Encounter",
            "Consent",
            "MedicationAdministration",
            "ValueSet",
            "Group");
    private static final List<String> NAMES = List.of(
            "_id",
            "_lastUpdated",
            "_profile",
            "_tag",
            "_security",
            "_source",
            "_text",
            "_content",
            "_filter",
            "_list",
            "_query",
            "name",
            "family",
            "birthdate",
            "gender",
            "identifier",
            "address",
            "deceased",
            "organization",
            "general-practitioner",
            "code",
            "subject",
            "patient",
            "encounter",
            "date",
            "value-quantity",
            "value-concept",
            "component-code-value-quantity",
            "code-value-quantity",
            "combo-code-value-quantity",
            "onset-date",
            "recorded-date",
            "url",
            "version",
            "status",
            "period",
            "medication",
            "member",
            "length",
            "part-of",
            "");
    private static final List<String> MODIFIERS = List.of(
            "",
            "",
            "",
            "",
            ":not",
            ":missing",
            ":exact",
            ":contains",
            ":in",
            ":not-in",
            ":below",
            ":above",
            ":text",
            ":of-type",
            ":identifier",
            ":Patient",
            ":Encounter",
            ":iterate",
            ":x",
            ":",
            "::",
            ":not:not");
    private static final List<String> VALUES = List.of(
            "",
            "fuzz",
            "Patient/fuzz",
            "Patient/fuzz/_history/1",
            "http://localhost/fhir/Patient/fuzz",
            "a|b",
            "|b",
            "a|",
            "|",
            "||",
            "a|b|c",
            "true",
            "false",
            "7",
            "-0",
            "1e400",
            "1e-400",
            "1e2147483648",
            "gt12|http://unitsofmeasure.org|g/dL",
            "ap1e308|http://unitsofmeasure.org|mg",
            "5.40||mg",
            "12||",
            "lt|x|y",
            "2024",
            "ge2024-02",
            "eq2024-02-30",
            "sa2024-01-01T00:00:00Z",
            "eb9999-12-31T23:59:59.999999Z",
            "ap0001-01-01",
            "ge-0001",
            "ne2024-01-01T24:00",
            "2024-01-01T00:00:00+15:00",
            "http://example.org/vs",
            "http://fhir.de/CodeSystem/bfarm/icd-10-gm|E10-E14",
            "http://loinc.org|718-7$gt12",
            "$",
            "a$b$c",
            "\\",
            "\\,\\|\\$",
            ",",
            ",,,,",
            "*",
            "Müller",
            "\u0000",
            "\ud800",
            "%",
            "' or 1=1 --");
    private static final List<String> FORMS = List.of(
            "_count",
            "_sort",
            "_elements",
            "_summary",
            "_total",
            "_include",
            "_revinclude",
            "_include:iterate",
            "_type",
            "_format",
            "_pretty",
            "_contained",
            "_offset",
            "_page",
            "_revinclude:iterate",
            "_since");
    private static final List<String> FORM_VALUES = List.of(
            "0",
            "1",
            "-1",
            "10000",
            "99999999999999999999",
            "x",
            "",
            "true",
            "count",
            "text",
            "data",
            "none",
            "accurate",
            "-_lastUpdated,_id",
            "code,-date,name",
            "-",
            "id,Patient.name",
            "Patient.",
            ".",
            "Observation:subject",
            "Observation:subject:Patient",
            "*",
            "*:*",
            "Patient:*",
            "Encounter:part-of",
            "Observation:value-quantity",
            ":",
            "Unicorn:x",
            "Patient,Observation",
            "Unicorn",
            "xml",
            "application/fhir json",
            "html/xml");

    private final Chance chance;

    SearchStrings(Chance chance) {
        this.chance = chance;
    }

    /** Target of a GET. */
    String target() {
        String path = chance.of(
                type(),
                type(),
                type(),
                type(),
                "Patient/fuzz/" + type(),
                "Patient/fuzz/*",
                "Patient/fuzz/$everything",
                "Encounter/fuzz-e/" + type(),
                "",
                type() + "/_history",
                "Patient/fuzz/_history",
                "_history",
                "Unicorn",
                "_page/" + chance.of("x", "AAAA", "%00", "a".repeat(3_000)));
        return "/fhir" + (path.isEmpty() ? "" : "/" + path) + "?" + query();
    }

    String type() {
        return chance.of(TYPES);
    }

    /** {@code name=value&…}. */
    String query() {
        StringBuilder query = new StringBuilder();
        for (int i = chance.below(4); i >= 0; i--) {
            query.append(query.isEmpty() ? "" : "&").append(pair());
        }
        if (chance.onceIn(60)) {
            query.append("&code=").append("a,".repeat(chance.of(500, 2_000)));
        }
        if (chance.onceIn(60)) {
            query.append("&_id=fuzz".repeat(chance.of(100, 250)));
        }
        return query.toString();
    }

    private String pair() {
        if (chance.onceIn(4)) {
            return chance.of(FORMS) + "=" + encoded(chance.of(FORM_VALUES));
        }
        String value = chance.onceIn(10) ? chance.text(40) : chance.of(VALUES);
        if (chance.onceIn(5)) {
            value = value + "," + chance.of(VALUES);
        }
        return encodedName(name(0)) + (chance.onceIn(30) ? "" : "=") + encoded(value);
    }

    private String name(int depth) {
        int kind = depth > 7 ? 9 : chance.below(10);
        return switch (kind) {
            case 0 -> chance.of(NAMES) + chance.of(MODIFIERS) + "." + name(depth + 1);
            case 1 -> "_has:" + type() + ":" + chance.of(NAMES) + ":" + name(depth + 1);
            case 2 -> chance.of("_has", "_has:", "_has:Patient", "_has:::", "a.b.c", ".", "..", "subject.", ".code");
            default -> chance.of(NAMES) + chance.of(MODIFIERS);
        };
    }

    private String encodedName(String name) {
        return chance.onceIn(20) ? encoded(name) : name.replace(" ", "%20");
    }

    private String encoded(String value) {
        return switch (chance.below(40)) {
            case 0 -> value.replace(" ", "+") + chance.of("%", "%z", "%zz", "%0", "%C0%80", "%ff", "%u1234");
            case 1 -> value;
            default -> URLEncoder.encode(value, StandardCharsets.UTF_8);
        };
    }
}
