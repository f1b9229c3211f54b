package allmende.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.cli.Typed;
import allmende.hapi.Definitions;
import allmende.hapi.Finding;
import allmende.hapi.Terms;
import allmende.hapi.Validator;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site checks what is loaded beside it: by rules, against an installed profile, and takes what the policy says away. */
class QualitySiteTest {

    private static final Pattern FIGURE =
            Pattern.compile("href=\"(/quality/resources[^\"]*)\"[^>]*>([\\d,]+)(?: resources?)?</a>");
    private static final Pattern LISTED = Pattern.compile("/quality/resource\\?rid=(\\d+)");
    private static final Pattern NEXT = Pattern.compile("href=\"(/quality/resources[^\"]*after=\\d+)\"");

    private static CheckedSite site;

    @BeforeAll
    static void start() throws Exception {
        site = CheckedSite.shared();
    }

    @Test
    void figuresOpenTheListsBehindThem() {
        assertThat(site.page("/quality")).contains("The ICD-10-GM code does not fit the patient&#39;s sex");
        assertThat(site.page("/quality?lang=de")).contains("Datenqualität", "passt nicht zum Geschlecht");
        assertThat(site.page("/quality/resources?rule=icd-sex&module=diagnose&source=urn:ward"))
                .contains("/fhir/Condition/birth", "<h1", "The ICD-10-GM code does not fit the patient&#39;s sex</h1>");
        assertThat(site.page("/quality/resources?rule=patient-gender-missing")).contains("/fhir/Patient/reported");
    }

    @Test
    void notesAreNotShownAsErrors() {
        assertThat(site.page("/quality/resources?rule=icd-sex").contains("kern-badge--danger"))
                .isFalse();
        assertThat(site.page("/quality?module=diagnose")).doesNotContain("kern-badge--danger");
        assertThat(site.page("/quality?module=person")).contains("kern-badge--danger");
    }

    @Test
    void everyFigureIsTheLengthOfItsList() {
        Matcher figure = FIGURE.matcher(site.page("/quality"));
        int figures = 0;
        while (figure.find()) {
            String path = figure.group(1).replace("&amp;", "&");
            assertThat(listed(path))
                    .as(path)
                    .hasSize(Integer.parseInt(figure.group(2).replace(",", "")));
            figures++;
        }
        assertThat(figures).isGreaterThan(15);
    }

    private static Set<String> listed(String first) {
        Set<String> rids = new HashSet<>();
        String path = first;
        while (path != null) {
            String page = site.page(path);
            LISTED.matcher(page).results().forEach(found -> rids.add(found.group(1)));
            Matcher next = NEXT.matcher(page);
            path = next.find() ? next.group(1).replace("&amp;", "&") : null;
        }
        return rids;
    }

    @Test
    void theReportForProgramsSaysWhatThePageSays() {
        JsonNode report = JsonMapper.builder().build().readTree(site.page("/quality/report.json"));
        List<String> csv = site.page("/quality/report.csv").lines().skip(1).toList();
        assertThat(report.path("group").size()).isEqualTo(csv.size()).isGreaterThan(10);
        assertThat(csv).anyMatch(line -> line.contains(",plausibility,icd-sex,warning,diagnose,urn:ward,1,1,100.00"));
        for (JsonNode group : report.path("group")) {
            long numerator = group.path("population").path(1).path("count").asLong();
            String rule = group.path("code").path("coding").path(0).path("code").asString();
            String[] places = group.path("code").path("text").asString().split(" / ", -1);
            String end = "," + places[2] + "," + places[3] + "," + numerator + ",";
            assertThat(csv)
                    .as(rule)
                    .anyMatch(line -> line.contains(end) && (rule.startsWith("errors-") || line.contains(rule)));
        }
    }

    @Test
    void theReportIsValidFhir() {
        byte[] report = site.page("/quality/report.json").getBytes(StandardCharsets.UTF_8);
        assertThat(new Validator(Definitions.NONE, Terms.NONE).validate(report).findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .isEmpty();
    }

    @Test
    void whatBreaksItsProfileIsTakenAwayOnlyWhereThePolicySaysSo() {
        CheckedSite.await(() -> site.status("/fhir/Patient/nameless") == 410);
        assertThat(site.status("/fhir/Patient/good")).isEqualTo(200);
        assertThat(site.status("/fhir/Patient/reported")).isEqualTo(200);
        Typed listed = Typed.run("quarantine", "list", "--data", site.data().toString());
        assertThat(listed.out()).contains("breaks-profile", "Patient/nameless").doesNotContain("Muster");
    }

    @Test
    void listsAndReportsQuoteNoValues() {
        String shown = site.page("/quality/resources?rule=Validation_VAL_Profile_Minimum")
                + site.page("/quality/resources?view=errors&stream=validation")
                + site.page("/quality/report.json")
                + site.page("/quality/report.csv");
        Matcher rid = LISTED.matcher(shown);
        StringBuilder resources = new StringBuilder();
        while (rid.find()) {
            resources.append(site.page("/quality/resource?rid=" + rid.group(1)));
        }
        assertThat(shown + resources)
                .contains("Patient.name", "All that was found in this resource")
                .doesNotContain("Geheimnis", "1990", "4711", "weiblich");
    }
}
