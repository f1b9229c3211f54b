package allmende.app.fhirapi.fuzz;

import allmende.app.fhirapi.fuzz.RawHttp.Request;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of all kinds, most of them wrong somewhere. */
final class Requests {

    private static final byte[] NONE = new byte[0];
    private static final List<String> TERMS = List.of(
            "CodeSystem/$lookup",
            "CodeSystem/$subsumes",
            "CodeSystem/$validate-code",
            "CodeSystem/x/$validate-code",
            "ValueSet/$validate-code",
            "ValueSet/$expand",
            "ValueSet/x/$expand",
            "ConceptMap/$translate",
            "ConceptMap/x/$translate");
    private static final List<String> TERM_NAMES = List.of(
            "system",
            "code",
            "url",
            "codeA",
            "codeB",
            "coding",
            "codeableConcept",
            "valueSet",
            "conceptMap",
            "filter",
            "count",
            "offset",
            "display",
            "source",
            "target",
            "targetsystem",
            "reverse",
            "property",
            "version",
            "context",
            "excludeNested",
            "x");
    private static final List<String> TERM_VALUES = List.of(
            "http://loinc.org",
            "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
            "http://hl7.org/fhir/administrative-gender",
            "http://hl7.org/fhir/ValueSet/administrative-gender",
            "male",
            "E11",
            "E10-E14",
            "",
            "-1",
            "99999999999",
            "true",
            "x|y",
            "http://fhir.de/CodeSystem/bfarm/atc",
            "A10",
            "a".repeat(3_000),
            "\u0000",
            "%");

    private final Chance chance;
    private final Mutations mutations;
    private final SearchStrings searches;
    private final PathTexts paths;

    Requests(Chance chance) {
        this.chance = chance;
        this.mutations = new Mutations(chance);
        this.searches = new SearchStrings(chance);
        this.paths = new PathTexts(chance);
    }

    Request any() {
        return switch (chance.below(20)) {
            case 0, 1, 2, 3 -> bundle();
            case 4, 5, 6, 7, 8 -> search();
            case 9, 10 -> write();
            case 11, 12 -> patch();
            case 13, 14, 15, 16 -> view();
            case 17 -> terms();
            case 18 -> export();
            default -> odd();
        };
    }

    private static Request json(String method, String target, byte[] body) {
        return Request.of(method, target, "Content-Type: application/fhir+json\r\n", body);
    }

    private Request bundle() {
        ObjectNode bundle = FhirJson.mapper().createObjectNode();
        bundle.put("resourceType", "Bundle")
                .put("type", chance.of("transaction", "transaction", "transaction", "batch"));
        ArrayNode entries = bundle.putArray("entry");
        for (int i = chance.below(6); i >= 0; i--) {
            entry(entries.addObject());
        }
        byte[] body = FhirJson.write(bundle);
        return json(
                "POST", "/fhir", chance.onceIn(2) ? mutations.spoiled(new String(body, StandardCharsets.UTF_8)) : body);
    }

    private void entry(ObjectNode entry) {
        String resource = Resources.any(chance);
        String type = Resources.type(resource);
        String method = chance.of("PUT", "PUT", "PUT", "POST", "POST", "DELETE", "GET", "PATCH", "put", "HEAD");
        entry.put("fullUrl", chance.of("urn:uuid:1", "urn:uuid:2", "http://x/" + type + "/1", "", "x y"));
        if (!method.equals("DELETE") || chance.onceIn(5)) {
            entry.set("resource", FhirJson.mapper().readTree(chance.onceIn(3) ? linked(resource) : resource));
        }
        String url = chance.of(
                type + "/" + Resources.id(resource) + (method.equals("POST") ? "" : chance.of("", "", "-2", "-3")),
                type,
                type + "?" + chance.of("identifier=a|b", "_id=fuzz", searches.query()),
                searches.target().substring("/fhir".length()),
                chance.text(20));
        if (method.equals("POST") && !chance.onceIn(6)) {
            url = type;
        }
        ObjectNode request = entry.putObject("request").put("method", method).put("url", url);
        if (chance.onceIn(5)) {
            request.put(
                    chance.of("ifMatch", "ifNoneMatch", "ifNoneExist", "ifModifiedSince"),
                    chance.of("W/\"1\"", "*", "identifier=a|b", "?", searches.query(), "", "W/\"99999999999\""));
        }
    }

    /** Refers to other entries of the bundle, around in circles where it so happens. */
    private String linked(String resource) {
        return resource.replace(
                "Patient/fuzz", chance.of("urn:uuid:1", "urn:uuid:2", "urn:uuid:9", "Patient?identifier=a|b"));
    }

    private Request search() {
        if (chance.onceIn(5)) {
            return Request.of(
                    "POST",
                    "/fhir/" + searches.type() + "/_search" + (chance.onceIn(4) ? "?" + searches.query() : ""),
                    "Content-Type: "
                            + chance.of(
                                    "application/x-www-form-urlencoded",
                                    "application/x-www-form-urlencoded",
                                    "text/plain",
                                    "")
                            + "\r\n",
                    searches.query().getBytes(StandardCharsets.UTF_8));
        }
        String prefer = chance.onceIn(5) ? "Prefer: handling=lenient\r\n" : "";
        return Request.of("GET", searches.target(), prefer, NONE);
    }

    private Request write() {
        String resource = Resources.any(chance);
        String type = Resources.type(resource);
        boolean put = chance.onceIn(2);
        String target = "/fhir/" + type + (put ? "/" + Resources.id(resource) : "");
        if (chance.onceIn(8)) {
            target = "/fhir/" + type + "?" + searches.query();
        }
        String headers = chance.of(
                "Content-Type: application/fhir+json\r\n",
                "Content-Type: application/fhir+json\r\n",
                "Content-Type: application/fhir+json\r\n",
                "Content-Type: text/turtle\r\n",
                "Content-Type: application/fhir+xml\r\n",
                "Content-Type: application/json;charset=utf-16\r\n",
                "Content-Encoding: gzip\r\n",
                "If-Match: " + chance.of("W/\"1\"", "x", "W/\"99999999999\"") + "\r\n",
                "If-None-Exist: " + searches.query().replaceAll("[\\p{Cntrl}]", "") + "\r\n",
                "Prefer: return=OperationOutcome\r\n");
        if (headers.contains("xml") && chance.onceIn(2)) {
            return Request.of(
                    put ? "PUT" : "POST",
                    target,
                    headers,
                    chance.of(
                                    "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"fuzz\"/></Patient>",
                                    "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"fuzz\"/><nix/></Patient>",
                                    "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Patient"
                                            + " xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Patient>",
                                    "<a>".repeat(5_000),
                                    "<")
                            .getBytes(StandardCharsets.UTF_8));
        }
        return Request.of(put ? "PUT" : "POST", target, headers, mutations.spoiled(resource));
    }

    private Request patch() {
        ArrayNode operations = FhirJson.mapper().createArrayNode();
        for (int i = chance.below(4); i >= 0; i--) {
            ObjectNode one = operations.addObject();
            one.put("op", chance.of("add", "add", "replace", "remove", "move", "copy", "test", "x", ""));
            one.put("path", pointer());
            one.put("from", pointer());
            one.set("value", mutations.odd());
        }
        byte[] body = FhirJson.write(operations);
        return Request.of(
                "PATCH",
                "/fhir/Patient" + chance.of("/fuzz", "/fuzz", "?identifier=a|b", "?" + searches.query(), "/none"),
                "Content-Type: "
                        + chance.of(
                                "application/json-patch+json", "application/json-patch+json", "application/fhir+json")
                        + "\r\n",
                chance.onceIn(4) ? mutations.deformed(body) : body);
    }

    private String pointer() {
        return chance.of(
                "",
                "/",
                "/name",
                "/name/0",
                "/name/-",
                "/name/0/given/0",
                "/name/99999999999",
                "/name/01",
                "/id",
                "/resourceType",
                "/meta/versionId",
                "/~",
                "/~2",
                "/~01",
                "x",
                "/birthDate",
                "/active",
                "/a/b",
                "/name/0/given",
                "/\u0000");
    }

    private Request view() {
        ObjectNode view = FhirJson.mapper().createObjectNode();
        view.put("resourceType", "ViewDefinition")
                .put("resource", chance.of("Patient", "Patient", "Observation", "Unicorn"));
        view.put("status", "active").put("name", "fuzz");
        select(view.putArray("select").addObject(), 0);
        if (chance.onceIn(3)) {
            view.putArray("where").addObject().put("path", paths.any());
        }
        if (chance.onceIn(3)) {
            ObjectNode constant =
                    view.putArray("constant").addObject().put("name", chance.of("x", "1x", "", "rowIndex"));
            constant.set(chance.of("valueString", "valueInteger", "valueDate", "value", "valueX"), mutations.odd());
        }
        String sent = new String(FhirJson.write(view), StandardCharsets.UTF_8);
        ObjectNode parameters = FhirJson.mapper().createObjectNode().put("resourceType", "Parameters");
        ArrayNode list = parameters.putArray("parameter");
        list.addObject()
                .put("name", "viewResource")
                .set("resource", FhirJson.mapper().readTree(sent));
        if (chance.onceIn(2)) {
            list.addObject()
                    .put("name", "resource")
                    .set("resource", FhirJson.mapper().readTree(Resources.any(chance)));
        }
        if (chance.onceIn(4)) {
            list.addObject()
                    .put("name", chance.of("_format", "_limit", "patient", "group", "_since", "x"))
                    .set("valueString", mutations.odd());
        }
        byte[] body = FhirJson.write(parameters);
        String text = new String(body, StandardCharsets.UTF_8);
        String format = chance.of("", "", "?_format=csv", "?_format=json", "?_format=parquet", "?_format=x");
        if (chance.onceIn(12)) {
            return Request.get("/fhir/ViewDefinition/" + chance.of("patient", "lab", "x", "%00", "..") + "/$run?"
                    + searches.query());
        }
        return json("POST", "/fhir/ViewDefinition/$run" + format, chance.onceIn(3) ? mutations.spoiled(text) : body);
    }

    private void select(ObjectNode select, int depth) {
        if (chance.onceIn(3)) {
            select.put(chance.of("forEach", "forEachOrNull"), paths.any());
        }
        if (chance.onceIn(8)) {
            select.putArray("repeat").add(paths.any());
        }
        if (depth < 4 && chance.onceIn(3)) {
            ArrayNode inner = select.putArray(chance.of("select", "unionAll"));
            for (int i = chance.below(3); i >= 0; i--) {
                select(inner.addObject(), depth + 1);
            }
        }
        ArrayNode columns = select.putArray("column");
        for (int i = chance.below(3); i >= 0; i--) {
            ObjectNode column = columns.addObject()
                    .put("name", chance.of("a", "b", "c", "id", "1", "", "a b", "x".repeat(300)))
                    .put("path", paths.any());
            if (chance.onceIn(4)) {
                column.put("type", chance.of("string", "integer", "date", "Patient", "x"));
                column.put("collection", chance.onceIn(2));
            }
        }
    }

    private Request terms() {
        String operation = chance.of(TERMS);
        if (chance.onceIn(2)) {
            StringBuilder query = new StringBuilder("?_format=json");
            for (int i = chance.below(4); i >= 0; i--) {
                query.append('&').append(chance.of(TERM_NAMES)).append('=');
                query.append(java.net.URLEncoder.encode(chance.of(TERM_VALUES), StandardCharsets.UTF_8));
            }
            return Request.get("/fhir/" + operation + query);
        }
        ObjectNode parameters = FhirJson.mapper().createObjectNode().put("resourceType", "Parameters");
        ArrayNode list = parameters.putArray("parameter");
        for (int i = chance.below(4); i >= 0; i--) {
            ObjectNode one = list.addObject().put("name", chance.of(TERM_NAMES));
            if (chance.onceIn(3)) {
                one.set("resource", FhirJson.mapper().readTree(Resources.any(chance)));
            } else if (chance.onceIn(3)) {
                one.set(chance.of("valueCoding", "valueCodeableConcept", "valueUri", "part"), mutations.odd());
            } else {
                one.put("valueString", chance.of(TERM_VALUES));
            }
        }
        byte[] body = FhirJson.write(parameters);
        return json(
                "POST",
                "/fhir/" + operation,
                chance.onceIn(3) ? mutations.spoiled(new String(body, StandardCharsets.UTF_8)) : body);
    }

    private Request export() {
        String target = "/fhir/" + chance.of("$export", "Patient/$export", "Group/fuzz-g/$export", "Group/none/$export")
                + "?"
                + chance.of("_type", "_since", "_typeFilter", "patient", "_outputFormat", "x", "_elements") + "="
                + chance.of(
                        "Patient",
                        "Unicorn",
                        "",
                        ",",
                        "2024",
                        "2024-13-01",
                        "Patient?name=x",
                        "Patient%3Fname%3Ax=y",
                        "Patient%3Fcode%3D%25zz",
                        "Patient/fuzz",
                        "csv",
                        "%zz",
                        "%00");
        return Request.of(chance.of("GET", "POST"), target, chance.of("", "Prefer: respond-async\r\n"), NONE);
    }

    private Request odd() {
        String target = chance.of(
                "/fhir",
                "/fhir/",
                "/fhir//Patient",
                "/fhir/Patient/fuzz",
                "/fhir/Patient/" + "a".repeat(65),
                "/fhir/Patient/fuzz/_history/" + chance.of("0", "99999999999", "x", "1"),
                "/fhir/Patient/..%2f..%2fetc",
                "/fhir/../fhir/Patient",
                "/fhir/%50atient/fuzz",
                "/fhir/Patient/fuzz;x=y",
                "/fhir/bulk/" + chance.of("x", "..", "00000000-0000-0000-0000-000000000000", "x/y"),
                "/fhir/$nothing",
                "/fhir/Patient/$nothing",
                "/fhir/metadata?mode=" + chance.of("terminology", "full", "x"),
                "/fhir/Patient?name=<x>",
                "/fhir/Patient?name={x}",
                "/fhir/Patient?name=a b",
                "/fhir/Patient?name=\u00e4",
                "/fhir/Patient?" + "a".repeat(9_000),
                "/fhir/\\Patient",
                "/fhir/%",
                "/fhir/%zz/x",
                "/fhir/%00");
        String method =
                chance.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW", "get", "G T");
        String headers = chance.of(
                "",
                "Accept: " + chance.of("text/csv", "*/*;q=x", ",;,", "application/fhir+xml", "a".repeat(500)) + "\r\n",
                "If-None-Match: " + chance.of("*", "W/\"", "\"1\", W/\"2\"", "\u0001") + "\r\n",
                "If-Modified-Since: yesterday\r\n",
                "Prefer: "
                        + chance.of(
                                "return=", "=", ";;,", "handling=lenient,return=minimal", "wait=x", "wait=999999999999")
                        + "\r\n",
                "Authorization: " + chance.of("Bearer x", "Basic %%%", "Basic", "Digest \u00e4") + "\r\n",
                "Origin: http://evil\r\n",
                "Expect: x\r\n",
                "X: " + "a".repeat(10_000) + "\r\n",
                "No colon here\r\n",
                "Content-Length: x\r\n",
                "Transfer-Encoding: x\r\n");
        return Request.of(method, target, headers, NONE);
    }
}
