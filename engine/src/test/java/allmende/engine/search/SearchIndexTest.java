package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import allmende.engine.search.SearchPage.Cursor;
import allmende.engine.store.Store;
import allmende.engine.store.TestStores;
import allmende.engine.terminology.CodeSets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index promises over time: snapshots, pages, restarts, new parameters. */
class SearchIndexTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private SearchFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SearchFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String patient(int number, String gender) {
        return "{\"resourceType\":\"Patient\",\"id\":\"p" + number + "\",\"gender\":\"" + gender
                + "\",\"birthDate\":\"19" + (10 + number % 80) + "\"}";
    }

    @Test
    void everyStandardParameterIsOfferedExceptThoseTold() {
        SearchModels models = SearchModels.with(List.of());
        List<String> missing = new ArrayList<>();
        for (ParamDefinition definition : ParamDefinitions.standard()) {
            for (String type : definition.bases().contains("Resource") ? Set.of("Patient") : definition.bases()) {
                boolean told = models.told(type).stream()
                        .anyMatch(param -> param.code().equals(definition.code()));
                if (!told) {
                    missing.add(type + "." + definition.code());
                }
            }
        }
        assertThat(missing)
                .containsExactlyInAnyOrder(
                        "MolecularSequence.chromosome-variant-coordinate",
                        "MolecularSequence.chromosome-window-coordinate",
                        "MolecularSequence.referenceseqid-variant-coordinate",
                        "MolecularSequence.referenceseqid-window-coordinate");
    }

    @Test
    void pagesShowOneSnapshotWhateverIsWrittenMeanwhile() {
        for (int i = 0; i < 25; i++) {
            fixture.write(patient(i, i % 2 == 0 ? "male" : "female"));
        }
        for (String order : List.of("", "&_sort=birthdate", "&_sort=-_id")) {
            List<String> whole = fixture.found("Patient?gender=male&_count=100" + order);
            List<String> paged = new ArrayList<>();
            Cursor next = null;
            int round = 0;
            do {
                SearchPage page = fixture.page("Patient?gender=male&_count=3" + order, next);
                assertThat(page.total()).hasValue(whole.size());
                paged.addAll(fixture.ids(page.matches()));
                next = page.next();
                // one who belongs to the first pages, one to the last, and a new one
                fixture.write(patient(round, round % 3 == 0 ? "other" : "male"));
                fixture.write(patient(24 - round, "unknown"));
                fixture.write(patient(100 + fixture.found("Patient?_count=1000").size(), "male"));
                round++;
            } while (next != null);
            assertThat(paged).isEqualTo(whole);
        }
    }

    @Test
    void eachVersionIsFoundAtItsOwnTime() {
        long first = fixture.write(patient(1, "male"));
        long second = fixture.write(patient(1, "female"));
        fixture.delete("Patient", "p1");
        long third = fixture.write(patient(1, "other"));
        assertThat(countAt(first, "male")).isEqualTo(1);
        assertThat(countAt(first, "female")).isZero();
        assertThat(countAt(second, "male")).isZero();
        assertThat(countAt(second, "female")).isEqualTo(1);
        assertThat(countAt(second + 1, "male,female,other")).isZero();
        assertThat(countAt(third, "male,female,other")).isEqualTo(1);
        assertThat(fixture.found("Patient?gender=other")).containsExactly("p1");
    }

    private int countAt(long t, String gender) {
        return fixture.page("Patient?gender=" + gender, new Cursor(t, "Patient", -1, -1))
                .matches()
                .size();
    }

    @Test
    void aRestartGoesOnWhereItStoppedAndFindsTheSame() {
        for (int i = 0; i < 10; i++) {
            fixture.write(patient(i, "male"));
        }
        fixture.write(patient(3, "female"));
        List<String> before = fixture.found("Patient?gender=male");
        fixture.index.close();
        fixture.write(patient(4, "female"));
        SearchIndex again = SearchIndex.open(folder, fixture.store, SearchModels.with(List.of()))
                .orElseThrow();
        try {
            again.follow();
            assertThat(again.await(fixture.store.currentT(), LONG)).isTrue();
            SearchEngine search =
                    new SearchEngine(fixture.store, again, () -> CodeSets.NONE, Instant::now, SearchLimits.SITE);
            SearchAnswer answer = search.find(SearchFixture.request("Patient?gender=male", false), null);
            List<String> expected = new ArrayList<>(before);
            expected.remove("p4");
            assertThat(fixture.ids(((SearchAnswer.Found) answer).page().matches()))
                    .isEqualTo(expected);
        } finally {
            again.close();
        }
    }

    @Test
    void aFolderIsUsedByOneProcessOnly() {
        assertThat(SearchIndex.open(folder, fixture.store, SearchModels.with(List.of())))
                .isEmpty();
    }

    @Test
    void aNewParameterIsIndexedWhileTheOldOnesAreSearched() throws InterruptedException {
        fixture.write("{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":\"male\",\"multipleBirthInteger\":2}");
        fixture.write("{\"resourceType\":\"Patient\",\"id\":\"y\",\"gender\":\"male\",\"multipleBirthBoolean\":true}");
        assertThat(fixture.ask("Patient?births=2", false)).isInstanceOf(SearchAnswer.Refused.class);
        ParamDefinition births = ParamDefinitions.of(FhirJson.parse("""
                        {"resourceType":"SearchParameter","url":"http://example.org/births","code":"births","type":"number",
                         "base":["Patient"],"expression":"Patient.multipleBirth.ofType(integer)"}
                        """.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
        fixture.index.use(SearchModels.with(List.of(births)));
        SearchAnswer answer = fixture.ask("Patient?births=2", false);
        for (int tries = 0; answer instanceof SearchAnswer.Refused(List<Refusal> reasons) && tries < 500; tries++) {
            assertThat(reasons.getFirst().code()).isEqualTo(Refusal.Code.NOT_YET);
            assertThat(fixture.found("Patient?gender=male")).containsExactly("x", "y");
            Thread.sleep(20);
            answer = fixture.ask("Patient?births=2", false);
        }
        assertThat(fixture.found("Patient?births=2")).containsExactly("x");
        fixture.write("{\"resourceType\":\"Patient\",\"id\":\"z\",\"multipleBirthInteger\":2}");
        assertThat(fixture.found("Patient?births=2")).containsExactly("x", "z");
    }

    @Test
    void conditionsSeeWhatWasWrittenBefore() {
        for (int i = 0; i < 50; i++) {
            fixture.write(patient(i, "male"));
            Matches matches =
                    fixture.search.matching("Patient", List.of(new SearchRequest.Parameter("_id", "p" + i)), 2);
            assertThat(((Matches.Keys) matches).keys()).hasSize(1);
        }
    }

    @Test
    void whatIsDamagedIsIndexedByWhatCanBeRead() {
        fixture.write("{\"resourceType\":\"Patient\",\"id\":\"d\",\"birthDate\":17,\"name\":\"x\",\"gender\":[[]],"
                + "\"identifier\":{\"value\":{}},\"managingOrganization\":{\"reference\":\"\"}}");
        assertThat(fixture.found("Patient?_id=d")).containsExactly("d");
    }

    @Test
    void anErasedResourceLeavesNothingInTheFiles() throws Exception {
        String marked = "{\"resourceType\":\"Patient\",\"id\":\"e1\",\"name\":[{\"family\":\"Xylophonspieler\"}]}";
        Path own = folder.resolve("own");
        try (Store store = TestStores.empty();
                SearchFixture real = new SearchFixture(store, own, CodeSets.NONE, SearchLimits.SITE)) {
            real.write(marked, patient(2, "male"));
            assertThat(real.found("Patient?family=xylophonspieler")).containsExactly("e1");
            store.erase("e1");
            assertThat(real.found("Patient?family=xylophonspieler")).isEmpty();
            assertThat(real.found("Patient")).containsExactly("p2");
        }
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes).doesNotContainIgnoringCase("ylophonspiele");
            }
        }
    }
}
