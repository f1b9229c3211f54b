package allmende.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.extraction.ResourceFilter;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Loading then saving is the identity, and an edit changes what it says and nothing else. */
final class LosslessTest {

    private static final LocalDate DAY = LocalDate.of(2024, 2, 29);
    private static final Coding CODE = new Coding("urn:s", "new");

    @Provide
    Arbitrary<byte[]> cohorts() {
        return DocumentArbitraries.cohorts();
    }

    @Provide
    Arbitrary<byte[]> selections() {
        return DocumentArbitraries.selections();
    }

    /** Every leaf of a document by its place, as it is written, and every key in its order. */
    private static Map<String, String> leaves(byte[] json) {
        Map<String, String> leaves = new TreeMap<>();
        try (JsonParser parser = FhirJson.mapper().createParser(json)) {
            leaves("", parser.nextToken(), parser, leaves);
        }
        return leaves;
    }

    private static void leaves(String at, JsonToken token, JsonParser parser, Map<String, String> leaves) {
        switch (token) {
            case START_OBJECT -> {
                List<String> names = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    names.add(name);
                    leaves(at + "/" + name, parser.nextToken(), parser, leaves);
                }
                leaves.put(at + "{}", names.toString());
            }
            case START_ARRAY -> {
                int index = 0;
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    leaves(at + "/" + index++, next, parser, leaves);
                }
                leaves.put(at + "[]", String.valueOf(index));
            }
            default -> leaves.put(at, token + " " + parser.getString());
        }
    }

    private static CohortDocument cohort(byte[] json) {
        CohortDocument.Read read = CohortDocument.read(json);
        assertThat(read).isInstanceOf(CohortDocument.Read.Readable.class);
        return ((CohortDocument.Read.Readable) read).document();
    }

    private static DataDocument selection(byte[] json) {
        DataDocument.Read read = DataDocument.read(json);
        assertThat(read).isInstanceOf(DataDocument.Read.Readable.class);
        return ((DataDocument.Read.Readable) read).document();
    }

    @Property(tries = 60)
    void savingGivesTheVeryBytes(@ForAll("cohorts") byte[] json, @ForAll("selections") byte[] other) {
        assertThat(cohort(json).write()).isEqualTo(json);
        assertThat(selection(other).write()).isEqualTo(other);
    }

    @Property(tries = 60)
    void anEditThatIsTakenBackLeavesEverythingAsItWas(@ForAll("cohorts") byte[] json) {
        CohortDocument before = cohort(json);
        Term term = new Term("Diagnose", CODE, "x");
        int groups = before.groups(Side.INCLUSION);
        CohortDocument after =
                before.addCriterion(Side.INCLUSION, groups, term).remove(new Spot(Side.INCLUSION, groups, 0));
        assertThat(leaves(after.write())).isEqualTo(leaves(json));
    }

    @Property(tries = 40)
    void editsOfACriterionChangeOnlyIt(@ForAll("cohorts") byte[] json) {
        CohortDocument document = cohort(json);
        Spot spot = document.spots().getLast();
        List<Function<CohortDocument, CohortDocument>> edits = List.of(
                one -> one.withTime(spot, DAY, null),
                one -> one.withValue(
                        spot, new ValueFilter.Comparison(ValueFilter.Comparator.GE, BigDecimal.TEN, "mg/dL")),
                one -> one.withAttribute(
                        spot, new AttributeFilter.OfValue(CODE, new ValueFilter.Concepts(List.of(CODE)))),
                one -> one.withExtension(spot, new CriterionExtension(2, null, null)),
                one -> one.withTerms(spot, List.of(new Term("Diagnose", CODE, "x"))));
        for (Function<CohortDocument, CohortDocument> edit : edits) {
            assertOnlyBelow(spot.pointer(), json, edit.apply(document).write());
        }
    }

    private static void assertOnlyBelow(String pointer, byte[] before, byte[] after) {
        Predicate<String> elsewhere = place -> !place.equals(pointer + "{}") && !place.startsWith(pointer + "/");
        Map<String, String> kept = leaves(before);
        kept.keySet().removeIf(elsewhere.negate());
        Map<String, String> now = leaves(after);
        now.keySet().removeIf(elsewhere.negate());
        assertThat(now).isEqualTo(kept);
    }

    @Property(tries = 40)
    void editsOfACriterionKeepItsUnknownMembers(@ForAll("cohorts") byte[] json) {
        CohortDocument document = cohort(json);
        Spot spot = document.spots().getFirst();
        byte[] after = document.withTime(spot, DAY, DAY)
                .withExtension(spot, new CriterionExtension(2, null, null))
                .write();
        Map<String, String> unknown = leaves(json);
        unknown.keySet()
                .removeIf(place -> !place.startsWith(spot.pointer() + "/x-")
                        && !place.startsWith(spot.pointer() + "/timeRestriction/x-"));
        assertThat(leaves(after)).containsAllEntriesOf(unknown);
    }

    @Property(tries = 40)
    void movingThereAndBackChangesNothing(@ForAll("cohorts") byte[] json) {
        CohortDocument document = cohort(json);
        Spot alone = document.spots().getFirst();
        CohortDocument after = document.move(alone, Side.EXCLUSION, document.groups(Side.EXCLUSION));
        int last = after.groups(Side.EXCLUSION) - 1;
        assertThat(after.criterion(new Spot(Side.EXCLUSION, last, 0))).isEqualTo(document.criterion(alone));
        assertThat(after.spots()).hasSameSizeAs(document.spots());
    }

    @Property(tries = 40)
    void editsOfAGroupChangeOnlyIt(@ForAll("selections") byte[] json) {
        DataDocument document = selection(json);
        int group = document.groups().size() - 1;
        List<Function<DataDocument, DataDocument>> edits = List.of(
                one -> one.withAttribute(group, "Condition.code", true),
                one -> one.withFilter(group, new ResourceFilter.Days("date", DAY, null)),
                one -> one.withLink(group, "Condition.subject", "g0"),
                one -> one.renameGroup(group, "Neu"));
        for (Function<DataDocument, DataDocument> edit : edits) {
            assertOnlyBelow(
                    "/dataExtraction/attributeGroups/" + group,
                    json,
                    edit.apply(document).write());
        }
        assertOnlyBelow(
                "/cohortDefinition",
                json,
                document.withCohort(CohortDocument.empty()).write());
    }

    @Property(tries = 40)
    void whatAnUpgradeDoesNotNameStaysTheSame(@ForAll("cohorts") byte[] json) {
        Upgrade<CohortDocument> upgrade = cohort(json).upgraded(DocumentArbitraries.CATALOGUE);
        Map<String, String> unknown = leaves(json);
        unknown.keySet().removeIf(place -> !place.contains("/x-") || place.contains("termCode/"));
        assertThat(leaves(upgrade.document().write())).containsAllEntriesOf(unknown);
        assertThat(upgrade.document().upgraded(DocumentArbitraries.CATALOGUE).differences())
                .isEmpty();
        if (upgrade.differences().isEmpty()) {
            assertThat(upgrade.document().write()).isEqualTo(json);
        }
    }

    @Property(tries = 40)
    void anUpgradeAsksTheSame(@ForAll("cohorts") byte[] json) {
        CohortDocument before = cohort(json);
        assertThat(DocumentTest.canonical(
                        before.upgraded(DocumentArbitraries.CATALOGUE).document()))
                .isEqualTo(DocumentTest.canonical(before));
    }

    @Property(tries = 40)
    void theStrictFormLosesNothingUnsaid(@ForAll("cohorts") byte[] json) {
        Exported exported = cohort(json).export(Format.CCDL_1_STRICT, DocumentArbitraries.CATALOGUE);
        Exported again = cohort(exported.bytes()).export(Format.CCDL_1_STRICT, DocumentArbitraries.CATALOGUE);
        assertThat(again.lost()).isEmpty();
        assertThat(cohort(exported.bytes()).remarks())
                .noneMatch(remark ->
                        remark.kind() == Remark.Kind.UNKNOWN_MEMBER || remark.kind() == Remark.Kind.EXTENSION);
        assertThat(new String(exported.bytes(), StandardCharsets.UTF_8)).doesNotContain("\"x-");
    }
}
