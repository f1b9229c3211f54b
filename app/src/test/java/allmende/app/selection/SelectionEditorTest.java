package allmende.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.document.DataDocument;
import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.ResourceFilter;
import allmende.core.fhir.Coding;
import allmende.core.profile.Profiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SelectionEditorTest {

    private static final Profiles PROFILES = Profiles.shipped();
    private static final String LAB =
            "https://www.medizininformatik-initiative.de/fhir/core/modul-labor/StructureDefinition/ObservationLab";
    private static final String CASE =
            "https://www.medizininformatik-initiative.de/fhir/core/modul-fall/StructureDefinition/KontaktGesundheitseinrichtung";

    private final SelectionEditor editor = new SelectionEditor(PROFILES, Locale.ENGLISH, Coding::code);

    private DataDocument after(SelectionEdit... edits) {
        DataDocument document = DataDocument.empty();
        for (SelectionEdit edit : edits) {
            document = editor.apply(document, edit);
        }
        return document;
    }

    @Test
    void aChoiceBeginsWithThePatientAndWhatIsRequiredWithoutIdentifiers() {
        DataDocument document = after(new SelectionEdit.AddProfile(LAB));

        assertThat(document.groups())
                .extracting(AttributeGroup::profile)
                .containsExactly(PROFILES.patient().url(), LAB);
        assertThat(document.groups().get(1).attributes())
                .extracting(Attribute::element)
                .contains("Observation.code", "Observation.effective[x]")
                .doesNotContain("Observation.identifier", "Observation.note");
        assertThat(document.extraction().problems()).isEmpty();
    }

    @Test
    void thePatientStaysAndNamesAreFree() {
        DataDocument document = after(new SelectionEdit.AddProfile(LAB), new SelectionEdit.AddProfile(LAB));

        assertThat(editor.apply(document, new SelectionEdit.RemoveGroup(0))).isSameAs(document);
        assertThat(document.groups()).extracting(AttributeGroup::name).doesNotHaveDuplicates();
        assertThat(document.extraction().usable()).isTrue();
    }

    @Test
    void aNewLinkBringsItsGroupOnlyByReference() {
        DataDocument document =
                after(new SelectionEdit.AddProfile(LAB), new SelectionEdit.LinkNew(1, "Observation.encounter", CASE));

        AttributeGroup target = document.groups().get(2);
        assertThat(target.includeReferenceOnly()).isTrue();
        assertThat(document.groups().get(1).attributes())
                .anySatisfy(field -> assertThat(field.linkedGroups()).containsExactly(target.id()));
    }

    @Test
    void codesAndDaysRestrictAndAreTakenBack() {
        Coding code = new Coding("http://loinc.org", "718-7");
        DataDocument document = after(
                new SelectionEdit.AddProfile(LAB),
                new SelectionEdit.AddCodes(1, "code", List.of(code, new Coding("http://loinc.org", "4548-4"))),
                new SelectionEdit.Dates(1, LocalDate.of(2020, 1, 1), null));
        assertThat(document.groups().get(1).filters()).hasSize(2);

        DataDocument fewer = editor.apply(document, new SelectionEdit.RemoveCode(1, "code", code));
        fewer = editor.apply(fewer, new SelectionEdit.Dates(1, null, null));
        assertThat(fewer.groups().get(1).filters())
                .singleElement()
                .isInstanceOfSatisfying(ResourceFilter.Codes.class, codes -> assertThat(codes.codes())
                        .hasSize(1));
    }

    @Test
    void aStepAtAGroupThatIsNotThereChangesNothing() {
        DataDocument document = after(new SelectionEdit.AddProfile(LAB));

        assertThat(editor.apply(document, new SelectionEdit.AddField(7, "Observation.note")))
                .isSameAs(document);
        assertThat(editor.apply(document, new SelectionEdit.AddProfile("urn:nobody")))
                .isSameAs(document);
        assertThat(editor.apply(document, new SelectionEdit.Dates(-1, null, null)))
                .isSameAs(document);
    }

    @Test
    void oneNameMakesASelectionHigh() {
        DataDocument document = after(new SelectionEdit.AddProfile(LAB));
        assertThat(Delivery.of(document.groups(), PROFILES).level()).isEqualTo(Delivery.Level.LOW);

        DataDocument named = editor.apply(document, new SelectionEdit.AddField(1, "Observation.identifier"));
        assertThat(Delivery.of(named.groups(), PROFILES).level()).isEqualTo(Delivery.Level.HIGH);
        DataDocument strange = editor.apply(document, new SelectionEdit.AddField(1, "Observation.strange"));
        assertThat(Delivery.of(strange.groups(), PROFILES).level()).isEqualTo(Delivery.Level.RAISED);
    }

    @Test
    void looksAreLimitedAndRecover() {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        PollLimits limits = new PollLimits(PollLimits.Rules.DEFAULT, () -> now[0]);

        assertThat(limits.summary(1, 1)).isEmpty();
        assertThat(limits.summary(1, 1)).contains(Duration.ofSeconds(5));
        assertThat(limits.summary(2, 1)).isEmpty();
        for (int query = 1; query <= 3; query++) {
            assertThat(limits.detailed(1, query)).isEmpty();
        }
        assertThat(limits.detailed(1, 4)).contains(Duration.ofHours(2));
        now[0] = now[0].plus(Duration.ofHours(2));
        assertThat(limits.left(1)).isEqualTo(new PollLimits.Left(3, 1));
        assertThat(limits.detailed(1, 4)).isEmpty();
    }

    @Test
    void labelsOfSitesAreStableWithinAResultAndTellNothingAcrossResults() {
        SiteLabels labels = new SiteLabels("key".getBytes(StandardCharsets.UTF_8));
        SiteLabels others = new SiteLabels("other".getBytes(StandardCharsets.UTF_8));

        assertThat(labels.of(1, "ukhd")).isEqualTo(labels.of(1, "ukhd")).doesNotContain("ukhd");
        assertThat(labels.of(2, "ukhd")).isNotEqualTo(labels.of(1, "ukhd"));
        assertThat(others.of(1, "ukhd")).isNotEqualTo(labels.of(1, "ukhd"));
    }
}
