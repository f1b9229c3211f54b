package allmende.app.concepts;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type, and what they mean. */
class ConceptSearchTest {

    private static final String ICD = Terminology.ICD_10_GM;
    private static final String OPS = Terminology.OPS;
    private static final String LOINC = "http://loinc.org";

    private static ConceptSearch search;

    @BeforeAll
    static void open() {
        search = Searched.open();
    }

    @AfterAll
    static void close() {
        search.close();
    }

    @AfterEach
    void forget() {
        search.availability(Map.of());
    }

    private static List<String> codes(String text) {
        return search.search(text, ConceptFilter.NONE, 0, 10).concepts().stream()
                .map(Concept::code)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // codes as people write them
        "I50, I50",
        "i501, I50.1",
        "I50.1!, I50.1",
        "I50.-, I50",
        "5-452.61, 5-452.61",
        "545261, 5-452.61",
        "2160-0, 2160-0",
        "c09aa05, C09AA05",
        // names, German and English
        "Herzinsuffizienz, I50",
        "heart failure, I50",
        "acute kidney failure, N17",
        "Kreatinin, 2160-0",
        "creatinine, 2160-0",
        "Metformin, A10BA02",
        "Alter, 424144002",
        "age, 424144002",
        "Blutdruck, 85354-9",
        // what people call it
        "heart attack, I21",
        "Herzinfarkt, I21",
        "MI, I21",
        "Zuckerkrankheit, E10-E14",
        "Blinddarmentzündung, K35",
        "hip replacement, 5-820",
        "Hüft-TEP, 5-820",
        "Dialyse, 8-854",
        "Marcumar, B01AA04",
        "eGFR, 62238-1",
        // umlauts spelt in any way
        "Bauchspeicheldruesenkrebs, C25",
        "Bauchspeicheldrusenkrebs, C25",
        "BAUCHSPEICHELDRÜSENKREBS, C25",
        // slips
        "Herzinsufizienz, I50",
        "hart failure, I50",
        "Metformn, A10BA02",
        "Kardiomyopathy, I42",
        "Diabtes mellitus, E10-E14",
        // while typing
        "herzins, I50",
        "metfor, A10BA02",
        // words in any order, compounds apart
        "failure heart, I50",
        "Insuffizienz Herz, I50",
        "Infarkt Myokard, I21",
        "Typ 2 Diabetes, E11"
    })
    void findsWhatIsMeant(String typed, String code) {
        assertThat(codes(typed)).first().isEqualTo(code);
    }

    @Test
    void anExactCodeIsBeforeWhatBeginsWithItAndNamesBeforeMereWords() {
        assertThat(codes("E11")).startsWith("E11").contains("E11.7");
        List<Concept> found =
                search.search("Herzinsuffizienz", ConceptFilter.NONE, 0, 20).concepts();
        assertThat(found.getFirst().code()).isEqualTo("I50");
        assertThat(found).extracting(Concept::code).contains("I11.0", "I50.1");
    }

    @Test
    void amongEqualsThoseComeFirstThatSitesHaveMostOf() {
        assertThat(codes("Hypertonie")).startsWith("I10-I15", "I10");
        search.availability(Map.of(
                "a", Searched.site("Diagnose", ICD, "I27.0", 40, "Diagnose", ICD, "O13", 900),
                "b", Searched.site("Diagnose", ICD, "I27.0", 30)));
        List<Concept> found =
                search.search("Hypertonie", ConceptFilter.NONE, 0, 50).concepts();
        int pulmonary = codes(found).indexOf("I27.0");
        int pregnancy = codes(found).indexOf("O13");
        assertThat(pregnancy).isLessThan(pulmonary);
        assertThat(found.get(pulmonary).patients()).isEqualTo(70);
        assertThat(found.get(pulmonary).sites()).isEqualTo(2);
        // the exact name stays in front of what sites have
        assertThat(codes("Herzinsuffizienz")).startsWith("I50");
    }

    private static List<String> codes(List<Concept> concepts) {
        return concepts.stream().map(Concept::code).toList();
    }

    @Test
    void filtersNarrowAndFacetsTellWhatElseThereIs() {
        SearchPage all = search.search("Krebs", ConceptFilter.NONE, 0, 5);
        assertThat(all.contexts()).containsKeys("Diagnose", "MII_Onkologie_Diagnose");
        SearchPage one = search.search("Krebs", new ConceptFilter("MII_Onkologie_Diagnose", null, null, false), 0, 5);
        assertThat(one.concepts()).extracting(Concept::context).containsOnly("MII_Onkologie_Diagnose");
        assertThat(one.contexts()).isEqualTo(all.contexts());
        assertThat(one.total()).isEqualTo(all.contexts().get("MII_Onkologie_Diagnose"));
        assertThat(search.search("Hüftgelenk", new ConceptFilter(null, null, OPS, false), 0, 50)
                        .concepts())
                .extracting(Concept::system)
                .containsOnly(OPS);
        assertThat(search.search("", new ConceptFilter(null, "labor", null, false), 0, 200)
                        .concepts())
                .extracting(Concept::module)
                .containsOnly("labor");
        assertThat(search.search("Herz", new ConceptFilter("nowhere", null, null, false), 0, 5)
                        .total())
                .isZero();
        assertThat(search.search("Herz", new ConceptFilter(null, null, null, true), 0, 5)
                        .total())
                .isZero();
        search.availability(Map.of("a", Searched.site("Diagnose", ICD, "I50", 12)));
        assertThat(search.search("Herz", new ConceptFilter(null, null, null, true), 0, 5)
                        .concepts())
                .extracting(Concept::code)
                .containsExactly("I50");
    }

    @Test
    void pagesFollowEachOtherWithoutGapsOrRepeats() {
        SearchPage whole = search.search("diabetes", ConceptFilter.NONE, 0, 1000);
        assertThat(whole.total()).isGreaterThan(60).isEqualTo(whole.concepts().size());
        List<Concept> put = new ArrayList<>();
        for (int offset = 0; offset < whole.total(); offset += 7) {
            SearchPage page = search.search("diabetes", ConceptFilter.NONE, offset, 7);
            assertThat(page.more()).isEqualTo(offset + 7 < whole.total());
            put.addAll(page.concepts());
        }
        assertThat(put).isEqualTo(whole.concepts());
        assertThat(search.search("diabetes", ConceptFilter.NONE, 100_000, 7).concepts())
                .isEmpty();
    }

    @Test
    void oddInputIsOnlyOddInput() {
        for (String odd : List.of(
                "",
                " ",
                "*",
                "?",
                "~",
                "\"",
                "a:b AND (",
                "\\",
                "-",
                "xqzzkwv",
                "ß",
                "1",
                "🙂",
                ".".repeat(300),
                "ab ".repeat(200))) {
            assertThat(search.search(odd, ConceptFilter.NONE, 0, 5).concepts()).hasSizeLessThanOrEqualTo(5);
        }
        assertThat(search.search("xqzzkwv", ConceptFilter.NONE, 0, 5).total()).isZero();
    }

    @Test
    void theTreeKnowsParentsSiblingsAndChildren() {
        Coding left = new Coding(ICD, "I50.1");
        assertThat(codes(search.parents(left, "Diagnose"))).containsExactly("IX", "I30-I52", "I50");
        assertThat(codes(search.siblings(left, "Diagnose")))
                .startsWith("I50.0", "I50.1")
                .contains("I50.9");
        assertThat(codes(search.children(left, "Diagnose"))).startsWith("I50.11", "I50.12");
        assertThat(codes(search.roots("Procedure", OPS))).containsExactly("1", "3", "5", "6", "8", "9");
        assertThat(codes(search.parents(new Coding(Terminology.ATC_GERMAN, "C09AA05"), "Medikamentenanordnung")))
                .containsExactly("C", "C09", "C09A", "C09AA");
        assertThat(search.find(new Coding("http://fhir.de/CodeSystem/dimdi/icd-10-gm", "I50"), "Diagnose"))
                .hasValueSatisfying(concept -> assertThat(concept.system()).isEqualTo(ICD));
        assertThat(search.find(new Coding(ICD, "I50"), "Procedure")).isEmpty();
    }

    @Test
    void patientsOfAParentAreWhatSitesSayAndNotASumOfItsChildren() {
        search.availability(Map.of(
                "a",
                        Searched.site(
                                "Diagnose",
                                ICD,
                                "I50",
                                100,
                                "Diagnose",
                                ICD,
                                "I50.0",
                                80,
                                "Diagnose",
                                ICD,
                                "I50.1",
                                90),
                "b", Searched.site("Diagnose", "http://fhir.de/CodeSystem/dimdi/icd-10-gm", "I50", 7)));
        assertThat(search.find(new Coding(ICD, "I50"), "Diagnose").orElseThrow().patients())
                .isEqualTo(107);
        assertThat(search.find(new Coding(ICD, "IX"), "Diagnose").orElseThrow().patients())
                .isZero();
    }

    @Test
    void whatOnlySitesHaveCanBeFoundToo() {
        assertThat(search.search("Zwirbelbefund des Hauses", ConceptFilter.NONE, 0, 5)
                        .total())
                .isZero();
        search.availability(Map.of(
                "a",
                Searched.site(
                        "Laboruntersuchung",
                        LOINC,
                        "99999-9",
                        20,
                        "Medikamentenanordnung",
                        Terminology.ATC_GERMAN,
                        "C09AA99",
                        5,
                        "no such context",
                        LOINC,
                        "1",
                        5)));
        assertThat(codes("Zwirbelbefund des Hauses")).containsExactlyInAnyOrder("99999-9", "C09AA99");
        assertThat(codes("99999-9")).startsWith("99999-9");
        assertThat(codes(search.parents(new Coding(Terminology.ATC_GERMAN, "C09AA99"), "Medikamentenanordnung")))
                .endsWith("C09AA");
        assertThat(codes(search.children(new Coding(Terminology.ATC_GERMAN, "C09AA"), "Medikamentenanordnung")))
                .contains("C09AA99", "C09AA05");
        search.availability(Map.of());
        assertThat(codes("99999-9")).doesNotContain("99999-9");
    }

    @Test
    void pastedCodesAreFoundAmbiguousOrMissing() {
        BulkResult result = search.bulk(
                "I21; i50.1,I50-1\nE11.9 Diabetes mellitus ohne Komplikationen\n\"5-820\" | X99.99\tC09AA05\n"
                        + "http://loinc.org|2160-0, http://fhir.de/CodeSystem/dimdi/icd-10-gm|J44",
                ConceptFilter.NONE);
        assertThat(codes(result.found()))
                .containsExactlyInAnyOrder("I21", "I50.1", "E11.9", "5-820", "C09AA05", "2160-0", "J44");
        assertThat(result.missing()).containsExactly("X99.99");
        assertThat(result.found())
                .filteredOn(concept -> concept.code().equals("C09AA05"))
                .extracting(Concept::context)
                .containsExactly("Medikamentenverabreichung");
        search.availability(Map.of("a", Searched.site("Laboruntersuchung", "urn:local", "I21", 5)));
        // alone, the code of a diagnosis may also be that of a cause of death
        BulkResult two = search.bulk("I21", ConceptFilter.NONE);
        assertThat(two.ambiguous()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo("I21");
            assertThat(one.concepts()).extracting(Concept::system).contains(ICD, "urn:local");
        });
        assertThat(codes(search.bulk("I21", new ConceptFilter("Diagnose", null, ICD, false))
                        .found()))
                .containsExactly("I21");
    }

    @Test
    void anIndexOfAnotherFingerprintMakesWay() throws IOException {
        Files.createDirectories(Searched.folder().resolve("1-stale"));
        try (ConceptSearch again = Searched.open()) {
            assertThat(again.size()).isEqualTo(search.size()).isGreaterThan(57_000);
        }
        try (Stream<java.nio.file.Path> kept = Files.list(Searched.folder())) {
            assertThat(kept.map(path -> path.getFileName().toString())).anyMatch(name -> !name.equals("1-stale"));
        }
    }
}
