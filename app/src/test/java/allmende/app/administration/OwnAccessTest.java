package allmende.app.administration;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.audit.AccessLogReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class OwnAccessTest {

    @ParameterizedTest
    @CsvSource({
        "READ, Patient/p, HTTP 200, seen person done",
        "SEARCH, Observation, HTTP 200, seen findings done",
        "OPERATION, Patient/p/$everything, HTTP 200, used everything done",
        "EXPORT, '', HTTP 202, copied everything done",
        "DOWNLOAD, MedicationRequest, HTTP 206, copied medication done",
        "PATCH, Consent/c, HTTP 412, changed consents refused",
        "BATCH, '', HTTP 500, used everything failed",
        "READ, Basic/b, '', seen other done",
    })
    void saysInPlainWordsWhatAnEntryOfTheLogSays(String action, String object, String outcome, String words)
            throws IOException {
        OwnAccess own = OwnAccess.of(row(action, object, outcome));

        assertThat(own.deed() + " " + own.data() + " " + own.result()).isEqualTo(words);
        for (String bundle : List.of("access", "access_de")) {
            assertThat(messages(bundle))
                    .containsKeys("own.deed." + own.deed(), "own.data." + own.data(), "own.result." + own.result());
        }
    }

    @Test
    void bundlesSayTheSameThings() throws IOException {
        assertThat(messages("access").keySet()).isEqualTo(messages("access_de").keySet());
    }

    private static AccessLogReader.Row row(String action, String object, String outcome) {
        return new AccessLogReader.Row(
                1,
                Instant.EPOCH,
                "who",
                "PERSON",
                action,
                object,
                "",
                List.of(),
                1,
                outcome,
                JsonNodeFactory.instance.objectNode());
    }

    private static Properties messages(String bundle) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = OwnAccessTest.class.getResourceAsStream("/messages/" + bundle + ".properties")) {
            properties.load(in);
        }
        return properties;
    }
}
