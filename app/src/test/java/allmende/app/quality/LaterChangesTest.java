package allmende.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.cli.Typed;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was found stays true when other resources change, and is remembered when the resource itself does. */
class LaterChangesTest {

    private static final String ORPHANS = "/quality/resources?rule=reference-to-nothing";

    private static CheckedSite site;

    @BeforeAll
    static void start() throws Exception {
        site = CheckedSite.shared();
    }

    @Test
    void aTargetThatIsDeletedLaterMakesAnOrphanAndItsReturnMendsIt() {
        site.change("DELETE", "Organization/clinic", "");
        CheckedSite.await(() -> site.page(ORPHANS).contains("/fhir/Encounter/stay"));
        assertThat(site.page(ORPHANS)).doesNotContain("/fhir/Condition/birth");
        site.change(
                "PUT", "Organization/clinic", "{\"resourceType\":\"Organization\",\"id\":\"clinic\",\"name\":\"K\"}");
        CheckedSite.await(() -> !site.page(ORPHANS).contains("/fhir/Encounter/stay"));
    }

    @Test
    void resultsAreKeptPerVersion() {
        String list = "/quality/resources?rule=Validation_VAL_Profile_Minimum&severity=error";
        String resource = Pattern.compile("/quality/resource\\?rid=\\d+")
                .matcher(site.page(list))
                .results()
                .map(MatchResult::group)
                .filter(path -> site.page(path).contains("/fhir/Patient/renamed"))
                .findFirst()
                .orElseThrow();
        site.change(
                "PUT",
                "Patient/renamed",
                "{\"resourceType\":\"Patient\",\"id\":\"renamed\",\"meta\":{\"source\":\"urn:ward\",\"profile\":[\"http://example.org/StructureDefinition/named\"]},"
                        + "\"name\":[{\"family\":\"Neu\"}],\"gender\":\"male\",\"birthDate\":\"1990-01-01\",\"identifier\":[{\"value\":\"3\"}]}");
        CheckedSite.await(() -> site.page(resource).contains("Against profiles, version 2"));
        CheckedSite.await(() -> site.page(resource).contains("By rules, version 2"));
        assertThat(site.page(resource))
                .contains("Version 1, against profiles", "Version 1, by rules", "Patient/renamed/_history/1");
        assertThat(site.page(list)).doesNotContain("/fhir/Patient/renamed");
    }

    @Test
    void aGoodVersionTakesThePlaceOfWhatLiesInQuarantine() {
        site.change(
                "PUT",
                "Patient/returning",
                "{\"resourceType\":\"Patient\",\"id\":\"returning\",\"meta\":{\"source\":\"urn:lab\",\"profile\":[\"http://example.org/StructureDefinition/named\"]},\"name\":[{\"family\":\"Wieder\"}]}");
        CheckedSite.await(() -> !quarantined().contains("Patient/returning"));
        assertThat(site.status("/fhir/Patient/returning")).isEqualTo(200);
    }

    private static String quarantined() {
        return Typed.run("quarantine", "list", "--data", site.data().toString()).out();
    }
}
