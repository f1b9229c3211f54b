package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever is sent, the answer is an OperationOutcome with 4xx, or it is done; never 5xx, and nothing is half-written. */
class BadInputProperties {

    private static final String MARK = "half-written";

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void brokenTransactionsWriteNothing(@ForAll("broken") String rest) {
        String marked = "{\"resource\":{\"resourceType\":\"Basic\",\"id\":\"" + MARK
                + "\"},\"request\":{\"method\":\"PUT\",\"url\":\"Basic/" + MARK + "\"}}";
        String bundle =
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + marked + "," + rest + "]}";
        Answer answer = FhirSite.post("/fhir", bundle);

        assertThat(answer.status()).as(bundle + " " + answer.text()).isBetween(200, 499);
        if (answer.status() == 200) {
            assertThat(FhirSite.send("DELETE", "/fhir/Basic/" + MARK, "").status())
                    .isEqualTo(204);
        } else {
            assertThat(answer.issue()).doesNotStartWith("no outcome");
            assertThat(FhirSite.get("/fhir/Basic/" + MARK).status()).isIn(404, 410);
        }
    }

    @Property(tries = 70, shrinking = ShrinkingMode.OFF)
    void brokenPatchesChangeNothing(@ForAll("patches") String patch) {
        FhirSite.put(
                "/fhir/Basic/patched",
                "{\"resourceType\":\"Basic\",\"id\":\"patched\",\"extension\":[{\"url\":\"x\"}]}");
        String before = FhirSite.get("/fhir/Basic/patched").text();
        Answer answer =
                FhirSite.send("PATCH", "/fhir/Basic/patched", patch, "Content-Type", "application/json-patch+json");

        assertThat(answer.status()).as(patch + " " + answer.text()).isBetween(200, 499);
        if (answer.status() >= 400) {
            assertThat(answer.issue()).doesNotStartWith("no outcome");
            assertThat(FhirSite.get("/fhir/Basic/patched").text()).isEqualTo(before);
        }
    }

    @Property(tries = 70, shrinking = ShrinkingMode.OFF)
    void anyBytesAreAnswered(@ForAll("junk") String body, @ForAll("paths") String path) {
        for (String method : new String[] {"POST", "PUT"}) {
            Answer answer = FhirSite.send(method, path, body, "Prefer", "respond-async");
            assertThat(answer.status()).as(method + " " + path + " " + body).isBetween(200, 499);
        }
    }

    @Provide
    Arbitrary<String> broken() {
        Arbitrary<String> resource = Arbitraries.of(
                "{}",
                "[]",
                "7",
                "null",
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":7}",
                "{\"resourceType\":\"Patient\",\"id\":\"a b\"}",
                "{\"resourceType\":\"Patient\",\"id\":[]}",
                "{\"resourceType\":\"Patient\",\"id\":\"x\",\"birthDate\":\"x\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"x\",\"meta\":7}",
                "{\"resourceType\":\"Patient\",\"id\":\"x\",\"link\":{\"reference\":\"urn:uuid:1\"}}",
                "{\"resourceType\":\"Patient\",\"id\":\"x\",\"link\":{\"reference\":\"Patient?name=x\"}}",
                "{\"resourceType\":\"Binary\",\"data\":\"W10=\"}",
                "{\"resourceType\":\"Binary\",\"data\":\"?\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"x\",\"a\":\"\\u0000\",\"identifier\":[{\"value\":\"\\u0000\"}]}");
        Arbitrary<String> method = Arbitraries.of("PUT", "POST", "PATCH", "DELETE", "GET", "HEAD", "", "7");
        Arbitrary<String> url = Arbitraries.of(
                "Patient",
                "Patient/x",
                "Patient/half-written",
                "Basic/half-written",
                "Unicorn/1",
                "Patient?",
                "?",
                "Patient?identifier=a|b",
                "Patient?%zz",
                "Patient?name=x",
                "/Patient/x",
                "Patient/a b",
                "Patient/x/y/z",
                "",
                "http://elsewhere/Patient/x",
                "Patient/x/_history/1",
                "_history?_count=0",
                "Patient/$export");
        Arbitrary<String> condition = Arbitraries.of(
                "",
                ",\"ifMatch\":\"W/\\\"1\\\"\"",
                ",\"ifMatch\":7",
                ",\"ifNoneMatch\":\"*\"",
                ",\"ifNoneMatch\":\"x\"",
                ",\"ifNoneExist\":\"identifier=a|b\"",
                ",\"ifNoneExist\":\"\"",
                ",\"ifNoneExist\":\"%%\"");
        Arbitrary<String> entry = Combinators.combine(resource, method, url, condition)
                .as((r, m, u, c) -> "{\"fullUrl\":\"urn:uuid:1\",\"resource\":" + r + ",\"request\":{\"method\":\"" + m
                        + "\",\"url\":\"" + u + "\"" + c + "}}");
        return Arbitraries.oneOf(
                entry, entry, entry, entry, Arbitraries.of("{", "{}", "7", "null", "{\"request\":[]}", "]", "\"", ""));
    }

    @Provide
    Arbitrary<String> patches() {
        Arbitrary<String> op = Arbitraries.of("add", "remove", "replace", "move", "copy", "test", "", "x");
        Arbitrary<String> path = Arbitraries.of(
                "",
                "/",
                "/id",
                "/resourceType",
                "/extension",
                "/extension/0",
                "/extension/-",
                "/extension/7",
                "/extension/00",
                "/extension/x",
                "/extension/0/url",
                "/~2",
                "x",
                "/meta/versionId",
                "/a/b/c");
        Arbitrary<String> value = Arbitraries.of("1", "\"x\"", "{}", "[]", "null", "{\"resourceType\":\"Patient\"}");
        Arbitrary<String> one = Combinators.combine(op, path, path, value)
                .as((o, p, f, v) ->
                        "{\"op\":\"" + o + "\",\"path\":\"" + p + "\",\"from\":\"" + f + "\",\"value\":" + v + "}");
        return Arbitraries.oneOf(
                one.list().ofMinSize(1).ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]"),
                Arbitraries.of("", "{}", "[7]", "[{}]", "[", "null"));
    }

    @Provide
    Arbitrary<String> junk() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.of(
                        "{\"resourceType\":\"Parameters\",\"parameter\":7}",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[7,{},{\"name\":\"viewResource\",\"resource\":7}]}",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"viewResource\",\"resource\":{\"resource\":\"Patient\",\"select\":[{\"column\":[{\"name\":\"a\",\"path\":\"((\"}]}]}}]}",
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{},{\"request\":{\"method\":\"GET\",\"url\":\"?\"}}]}",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(100_000)));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                "/fhir",
                "/fhir/Patient",
                "/fhir/Patient/junk",
                "/fhir/ViewDefinition/$run",
                "/fhir/ViewDefinition/$export",
                "/fhir/$export",
                "/fhir/Patient?identifier=a%7Cb",
                "/fhir/Patient/junk/_history",
                "/fhir/metadata");
    }
}
