package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that would take longer than they may; the least of times is asked for by {@code Prefer: wait=0}. */
class TimeLimitTest {

    private static void written() {
        FhirSite.put("/fhir/Patient/timed", "{\"resourceType\":\"Patient\",\"id\":\"timed\"}");
        FhirSite.put(
                "/fhir/Observation/timed",
                "{\"resourceType\":\"Observation\",\"id\":\"timed\",\"subject\":{\"reference\":\"Patient/timed\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fhir/Patient?_summary=count",
                "/fhir/Patient?_id=timed&_total=none",
                "/fhir/Observation?subject.gender=female",
                "/fhir/Patient?_has:Observation:subject:code=x",
                "/fhir/Observation?_id=timed&_include=Observation:subject",
                "/fhir/Patient/timed/$everything",
                "/fhir/Patient/timed/Observation?_sort=-date",
                "/fhir/Patient/timed",
                "/fhir/Patient/_history",
                "/fhir/_history"
            })
    void whatTakesTooLongIsStoppedAndSaysSo(String url) {
        written();
        Answer late = FhirSite.get(url, "Prefer", "wait=0");

        assertThat(late.status()).as(late.text()).isEqualTo(413);
        assertThat(late.issue()).isEqualTo("too-costly");
        assertThat(FhirSite.get(url, "Prefer", "wait=30").status()).isEqualTo(200);
    }

    @Test
    void aBatchTellsEntryByEntryAndATransactionWritesNothing() {
        written();
        String conditional = "{\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"PUT\","
                + "\"url\":\"Patient?family=Timed\"}}";
        Answer batch = FhirSite.post(
                "/fhir",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + conditional
                        + ",{\"request\":{\"method\":\"GET\",\"url\":\"Patient?_id=timed\"}}]}",
                "Prefer",
                "wait=0");
        assertThat(batch.status()).isEqualTo(200);
        for (int entry = 0; entry < 2; entry++) {
            assertThat(batch.json()
                            .at("/entry/" + entry + "/response/outcome/issue/0/code")
                            .asString())
                    .as(batch.text())
                    .isEqualTo("too-costly");
        }

        long before = FhirSite.t();
        Answer transaction = FhirSite.post(
                "/fhir",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + conditional + "]}",
                "Prefer",
                "wait=0");
        assertThat(transaction.status()).as(transaction.text()).isEqualTo(413);
        assertThat(transaction.issue()).isEqualTo("too-costly");
        assertThat(FhirSite.t()).isEqualTo(before);
    }
}
