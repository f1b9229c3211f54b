package allmende.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.CanonicalQuery;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.extraction.ResourceFilter;
import allmende.core.fhir.Coding;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents by example. */
final class DocumentTest {

    private static final Coding E11 = new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "E11");
    private static final Coding A1C = new Coding("http://loinc.org", "4548-4");
    private static final Term DIABETES = new Term("Diagnose", E11, "Diabetes");
    private static final Term LABORATORY = new Term("Laboruntersuchung", A1C, "HbA1c");
    private static final Spot FIRST = new Spot(Side.INCLUSION, 0, 0);

    private static final String OLD = """
            {"version": "http://to_be_decided.com/draft-1/schema#", "ticket": 7,
             "inclusionCriteria": [
               [{"termCode": {"system": "http://fhir.de/CodeSystem/dimdi/icd-10-gm", "code": "E11"}, "note": "why"}],
               {"termCodes": [{"system": "http://loinc.org", "code": "2160-0", "display": "Kreatinin"}],
                "valueFilter": {"type": "quantity-comperator", "comparator": "gt", "value": 1.20,
                                "unit": {"code": "mg/dL"}},
                "allmende": {"atLeast": 2}}]}
            """;

    static byte[] canonical(CohortDocument document) {
        ParsedQuery parsed = document.query(DocumentArbitraries.CATALOGUE);
        assertThat(parsed).isInstanceOf(ParsedQuery.Valid.class);
        return CanonicalQuery.of(((ParsedQuery.Valid) parsed).query());
    }

    private static CohortDocument cohort(String json) {
        return ((CohortDocument.Read.Readable) CohortDocument.read(json.getBytes(StandardCharsets.UTF_8))).document();
    }

    private static DataDocument selection(String json) {
        return ((DataDocument.Read.Readable) DataDocument.read(json.getBytes(StandardCharsets.UTF_8))).document();
    }

    @Test
    void aDocumentIsBuiltStepByStep() {
        CohortDocument document = CohortDocument.empty()
                .addCriterion(Side.INCLUSION, 0, DIABETES)
                .addCriterion(Side.INCLUSION, 1, LABORATORY)
                .withValue(
                        new Spot(Side.INCLUSION, 1, 0),
                        new ValueFilter.Comparison(Comparator.GE, new BigDecimal("7.0"), "%"))
                .withTime(FIRST, LocalDate.of(2020, 1, 1), null)
                .withExtension(new Spot(Side.INCLUSION, 1, 0), new CriterionExtension(null, Position.LAST, null))
                .addCriterion(Side.EXCLUSION, 0, LABORATORY);
        assertThat(new String(document.write(), StandardCharsets.UTF_8))
                .contains("7.0")
                .contains("\"2020-01-01\"");
        assertThat(document.query(DocumentArbitraries.CATALOGUE)).isInstanceOf(ParsedQuery.Valid.class);
        assertThat(document.spots()).hasSize(3);
    }

    @Test
    void emptyGroupsVanish() {
        CohortDocument document = CohortDocument.empty()
                .addCriterion(Side.INCLUSION, 0, DIABETES)
                .addCriterion(Side.INCLUSION, 1, LABORATORY);
        assertThat(document.remove(FIRST).groups(Side.INCLUSION)).isEqualTo(1);
        CohortDocument together = document.move(new Spot(Side.INCLUSION, 0, 0), Side.INCLUSION, 1);
        assertThat(together.groups(Side.INCLUSION)).isEqualTo(1);
        assertThat(together.criteria(Side.INCLUSION, 0)).isEqualTo(2);
        CohortDocument apart = together.move(new Spot(Side.INCLUSION, 0, 0), Side.INCLUSION, 1);
        assertThat(apart.groups(Side.INCLUSION)).isEqualTo(2);
    }

    @Test
    void editsOfWhatIsNotThereChangeNothing() {
        CohortDocument document = CohortDocument.empty().addCriterion(Side.INCLUSION, 0, DIABETES);
        Spot nowhere = new Spot(Side.EXCLUSION, 4, 2);
        assertThat(document.remove(nowhere)).isSameAs(document);
        assertThat(document.move(nowhere, Side.INCLUSION, 0)).isSameAs(document);
        assertThat(document.withTime(nowhere, null, null)).isSameAs(document);
        assertThat(document.withTime(FIRST, null, null)).isSameAs(document);
        assertThat(document.moveGroup(Side.INCLUSION, 0, 5)).isSameAs(document);
        assertThat(document.criterion(nowhere)).isEmpty();
    }

    @Test
    void termsConceptsAndUnitsKeepWhatIsWrittenAboutThem() {
        CohortDocument document = cohort("""
                {"version": "2", "inclusionCriteria": [[
                  {"context": {"system": "fdpg.mii.cds", "code": "Laboruntersuchung", "version": "1"},
                   "termCodes": [{"system": "http://loinc.org", "code": "4548-4", "display": "HbA1c", "x": 1}],
                   "valueFilter": {"type": "quantity-comparator", "comparator": "gt", "value": 7.50,
                                   "unit": {"code": "%", "display": "Prozent"}, "y": 2}}]]}
                """);
        String after = new String(
                document.withValue(FIRST, new ValueFilter.Comparison(Comparator.GE, new BigDecimal("7.5"), "%"))
                        .withTerms(FIRST, List.of(new Term("Laboruntersuchung", A1C, "anders"), LABORATORY))
                        .write(),
                StandardCharsets.UTF_8);
        assertThat(after)
                .contains("\"ge\"", "Prozent", "\"y\" : 2", "\"x\" : 1", "7.50")
                .doesNotContain("anders");
    }

    @Test
    void remarksNameWhatIsOldOrUnknown() {
        CohortDocument.Read read = CohortDocument.read(OLD.getBytes(StandardCharsets.UTF_8));
        assertThat(((CohortDocument.Read.Readable) read).remarks())
                .contains(
                        new Remark(Remark.Kind.OLD_VERSION, "/version", "http://to_be_decided.com/draft-1/schema#"),
                        new Remark(Remark.Kind.UNKNOWN_MEMBER, "/ticket", "ticket"),
                        new Remark(Remark.Kind.UNKNOWN_MEMBER, "/inclusionCriteria/0/0/note", "note"),
                        new Remark(Remark.Kind.OLD_NAME, "/inclusionCriteria/0/0/termCode", "termCode"),
                        new Remark(Remark.Kind.NOT_A_LIST, "/inclusionCriteria/1", "inclusionCriteria"),
                        new Remark(Remark.Kind.EXTENSION, "/inclusionCriteria/1/allmende", "allmende"));
        assertThat(CohortDocument.empty()
                        .addCriterion(Side.INCLUSION, 0, DIABETES)
                        .remarks())
                .isEmpty();
    }

    @Test
    void anUpgradeNamesEveryChange() {
        Upgrade<CohortDocument> upgrade = cohort(OLD).upgraded(DocumentArbitraries.CATALOGUE);
        assertThat(upgrade.differences().stream().map(Difference::reason))
                .containsExactlyInAnyOrder(
                        Difference.Reason.VERSION,
                        Difference.Reason.RENAMED,
                        Difference.Reason.SYSTEM,
                        Difference.Reason.ADDED,
                        Difference.Reason.CONTEXT,
                        Difference.Reason.CONTEXT,
                        Difference.Reason.RESPELT,
                        Difference.Reason.LIST);
        assertThat(upgrade.document().query(DocumentArbitraries.CATALOGUE)).isInstanceOf(ParsedQuery.Valid.class);
        assertThat(new String(upgrade.document().write(), StandardCharsets.UTF_8))
                .contains("\"why\"", "1.20", "\"ticket\" : 7");
    }

    @Test
    void theStrictFormSaysWhatItLoses() {
        Exported exported = cohort(OLD).export(Format.CCDL_1_STRICT, DocumentArbitraries.CATALOGUE);
        assertThat(exported.lost())
                .containsExactlyInAnyOrder(
                        new Exported.Loss("/ticket", "7", false),
                        new Exported.Loss("/inclusionCriteria/0/0/note", "\"why\"", false),
                        new Exported.Loss("/inclusionCriteria/1/allmende", "{\"atLeast\":2}", true));
        assertThat(new String(exported.bytes(), StandardCharsets.UTF_8)).contains(StrictForm.VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{",
                "{\"inclusionCriteria\": {}}",
                "{\"inclusionCriteria\": [7]}",
                "{\"inclusionCriteria\": [[7]]}",
                "{\"exclusionCriteria\": \"x\"}"
            })
    void whatIsNoCohortDefinitionIsRefusedWithAReason(String json) {
        CohortDocument.Read read = CohortDocument.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(CohortDocument.Read.Unreadable.class);
        assertThat(((CohortDocument.Read.Unreadable) read).problem().message()).isNotBlank();
    }

    @Test
    void aSelectionIsBuiltStepByStep() {
        DataDocument document = DataDocument.empty()
                .withCohort(CohortDocument.empty().addCriterion(Side.INCLUSION, 0, DIABETES))
                .addGroup("https://example.org/Patient", "Person")
                .addGroup("https://example.org/Condition", "Diagnosen für alle")
                .withAttribute(0, "Patient.gender", false)
                .withAttribute(1, "Condition.code", true)
                .withFilter(1, new ResourceFilter.Codes("code", List.of(E11)), _ -> "Diabetes")
                .withFilter(1, new ResourceFilter.Days("recorded-date", LocalDate.of(2020, 1, 1), null))
                .withLink(1, "Condition.subject", "person");
        assertThat(document.extraction().problems()).isEmpty();
        assertThat(document.extraction().departures()).isEmpty();
        assertThat(document.groups().get(1).id()).isEqualTo("diagnosen_fuer_alle");
        assertThat(document.remarks()).isEmpty();
        assertThat(document.withAttribute(1, "Condition.code", true)).isSameAs(document);
        DataDocument without = document.removeGroup(0);
        assertThat(without.groups()).hasSize(1);
        assertThat(without.extraction().problems()).isEmpty();
        assertThat(document.withoutFilter(1, "code")
                        .withoutFilter(1, "recorded-date")
                        .groups()
                        .get(1)
                        .filters())
                .isEmpty();
        assertThat(document.removeAttribute(1, "Condition.code").groups().get(1).attributes())
                .hasSize(1);
    }

    @Test
    void anOldSelectionIsUpgraded() {
        DataDocument old = selection("""
                {"version": "http://json-schema.org/to-be-done/schema#", "cohortDefinition": {"version": "urn:x",
                   "inclusionCriteria": [[{"termCode": {"system": "http://loinc.org", "code": "2160-0", "display": "K"}}]]},
                 "dataExtraction": {"attributeGroups": [
                   {"groupReference": "https://example.org/Patient", "attributes": [{"attributeRef": "Patient.gender"}]},
                   {"groupReference": "https://example.org/Condition", "extra": 1,
                    "attributes": [{"attributeRef": "Condition.code", "mustHave": true}]}]}}
                """);
        assertThat(old.extraction().usable()).isTrue();
        assertThat(old.extraction().strict()).isFalse();
        Upgrade<DataDocument> upgrade = old.upgraded(DocumentArbitraries.CATALOGUE);
        assertThat(upgrade.document().extraction().strict()).isTrue();
        assertThat(upgrade.document().groups())
                .extracting(group -> group.name())
                .containsExactly("Patient", "Condition");
        assertThat(upgrade.document().remarks())
                .containsExactly(
                        new Remark(Remark.Kind.UNKNOWN_MEMBER, "/dataExtraction/attributeGroups/1/extra", "extra"));
        assertThat(upgrade.document().cohort().query(DocumentArbitraries.CATALOGUE))
                .isInstanceOf(ParsedQuery.Valid.class);
        Exported strict = old.export(Format.CCDL_1_STRICT, DocumentArbitraries.CATALOGUE);
        assertThat(strict.lost()).extracting(Exported.Loss::content).containsExactly("1");
    }

    @Test
    void aCohortDefinitionIsNoSelection() {
        DataDocument.Read read = DataDocument.read(CohortDocument.empty().write());
        assertThat(((DataDocument.Read.Unreadable) read).problem().message()).contains("cohort definition");
    }
}
