package allmende.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatientCompartmentTest {

    private static ResourceKey patientOf(String json) {
        return PatientCompartment.patientOf(
                FhirJson.parse(json.replace('\'', '"').getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'resourceType':'Patient','id':'1'}",
                "{'resourceType':'Condition','subject':{'reference':'Patient/1'}}",
                "{'resourceType':'Condition','subject':{'reference':'https://h/fhir/Patient/1'}}",
                "{'resourceType':'Consent','patient':{'reference':'Patient/1/_history/2'}}",
                "{'resourceType':'Coverage','beneficiary':{'reference':'Patient/1'}}",
                "{'resourceType':'ResearchSubject','individual':{'reference':'Patient/1'}}",
                "{'resourceType':'Task','for':{'reference':'Patient/1'}}",
                "{'resourceType':'EnrollmentRequest','candidate':{'reference':'Patient/1'}}",
                "{'resourceType':'Account','subject':[{'reference':'Device/1'},{'reference':'Patient/1'}]}",
                "{'resourceType':'Appointment','participant':[{'actor':{'reference':'Location/1'}},"
                        + "{'actor':{'reference':'Patient/1'}}]}",
                "{'resourceType':'AuditEvent','agent':[{'who':{'reference':'Device/1'}}],"
                        + "'entity':[{'what':{'reference':'Patient/1'}}]}",
                "{'resourceType':'Person','link':[{'target':{'reference':'Patient/1'}}]}",
                "{'resourceType':'Provenance','target':[{'reference':'Condition/1'},{'reference':'Patient/1'}]}",
            })
    void findsThePatient(String json) {
        assertThat(patientOf(json)).isEqualTo(new ResourceKey("Patient", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'resourceType':'Observation','subject':{'reference':'Group/1'}}",
                "{'resourceType':'Observation','subject':{'identifier':{'value':'1'}}}",
                "{'resourceType':'Observation','subject':{'reference':'#p'}}",
                "{'resourceType':'Observation','subject':{'reference':'urn:uuid:p'}}",
                "{'resourceType':'Observation','subject':'Patient/1'}",
                "{'resourceType':'Observation'}",
                "{'resourceType':'Observation','patient':{'reference':'Patient/1'}}",
                "{'resourceType':'Medication','subject':{'reference':'Patient/1'}}",
                "{'resourceType':'Patient'}",
                "{'subject':{'reference':'Patient/1'}}",
                "[]",
                "7",
            })
    void findsNoneWhereNoneIsNamed(String json) {
        assertThat(patientOf(json)).isNull();
    }
}
