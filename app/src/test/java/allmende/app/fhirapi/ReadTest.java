package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error of the door is an OperationOutcome. */
class ReadTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,    /fhir/Patient/nobody,            404, not-found
            GET,    /fhir/Patient/nobody/_history/1, 404, not-found
            GET,    /fhir/Patient/no_body,           404, not-found
            GET,    /fhir/Unicorn/1,                 404, not-supported
            GET,    /fhir/Patient/1/nowhere/at/all,  404, not-found
            GET,    /fhir/patient/1,                 404, not-found
            GET,    /fhir/%2e%2e/x,                  400, invalid
            GET,    /fhir/Patient/1?_format=pdf,     406, not-supported
            HEAD,   /fhir/Patient/nobody,            404, ''
            """)
    void errorsAreOutcomes(String method, String path, int status, String code) {
        Answer answer = FhirSite.send(method, path, "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/fhir+json");
        if (!code.isEmpty()) {
            assertThat(answer.issue()).isEqualTo(code);
        }
    }
}
