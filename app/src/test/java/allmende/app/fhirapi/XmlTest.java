package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import org.junit.jupiter.api.Test;

/** Resources and results in XML, for those who ask. */
class XmlTest {

    private static final String PATIENT = "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"xml-1\"/>"
            + "<name><family value=\"Xylander\"/></name><birthDate value=\"1970-01-01\"/></Patient>";

    @Test
    void whatIsWrittenInXmlIsReadInBothForms() {
        Answer made = FhirSite.put("/fhir/Patient/xml-1", PATIENT, "Content-Type", "application/fhir+xml");
        assertThat(made.status()).isIn(200, 201);
        assertThat(FhirSite.get("/fhir/Patient/xml-1").json().path("birthDate").asString(""))
                .isEqualTo("1970-01-01");
        Answer xml = FhirSite.get("/fhir/Patient/xml-1", "Accept", "application/fhir+xml");
        assertThat(xml.header("Content-Type")).startsWith("application/fhir+xml");
        assertThat(xml.text()).contains("<family value=\"Xylander\"").contains("versionId");
        assertThat(FhirSite.get("/fhir/Patient?family=xylander&_format=xml").text())
                .contains("<Bundle")
                .contains("searchset")
                .contains("xml-1");
    }

    @Test
    void errorsAreToldInXmlToo() {
        Answer missing = FhirSite.get("/fhir/Patient/xml-none", "Accept", "application/fhir+xml");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).contains("<OperationOutcome");
        Answer broken = FhirSite.post("/fhir/Patient", "<Patient", "Content-Type", "application/fhir+xml");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.issue()).isEqualTo("invalid");
    }
}
