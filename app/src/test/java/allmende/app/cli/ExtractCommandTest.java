package allmende.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extracting by command: what it writes, what it refuses and how it says so. */
class ExtractCommandTest {

    private static final String KDS = "https://www.medizininformatik-initiative.de/fhir/core/";
    private static final String CRTDL = """
            {'version':'1','cohortDefinition':{'version':'2','display':'','inclusionCriteria':[[{'context':{'code':'Patient',
            'system':'fdpg.mii.cds','display':'Patient'},'termCodes':[{'code':'263495000','system':'http://snomed.info/sct',
            'display':'Geschlecht'}],'valueFilter':{'type':'concept','selectedConcepts':[{'code':'female',
            'system':'http://hl7.org/fhir/administrative-gender','display':'f'}]}}]]},
            'dataExtraction':{'attributeGroups':[{'id':'p','name':'Person','groupReference':
            '%smodul-person/StructureDefinition/PatientPseudonymisiert','attributes':[{'attributeRef':'Patient.gender',
            'mustHave':false}]}]}}""".formatted(KDS).replace('\'', '"');

    private static Path data;

    @TempDir
    private Path temp = Path.of("");

    @BeforeAll
    static void load() throws IOException {
        data = Hospital.temporary("allmende-extract-command");
        List<String> patients = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            patients.add("{\"resourceType\":\"Patient\",\"id\":\"pat%04d\",\"gender\":\"%s\"}"
                    .formatted(i, i == 0 ? "male" : "female"));
        }
        Path file = Files.write(data.resolve("load.ndjson"), patients);
        Typed loaded = Typed.run("load", "--data", data.toString(), file.toString());
        assertThat(loaded.code()).as(loaded.err()).isZero();
    }

    private Typed extract(String... more) throws IOException {
        Path crtdl = temp.resolve("crtdl.json");
        if (!Files.exists(crtdl)) {
            Files.writeString(crtdl, CRTDL);
        }
        List<String> words = new ArrayList<>(List.of("extract", crtdl.toString(), "--out", out().toString()));
        if (!List.of(more).contains("--data")) {
            words.addAll(List.of("--data", data.toString()));
        }
        words.addAll(List.of(more));
        return Typed.run(words.toArray(String[]::new));
    }

    private Path out() {
        return temp.resolve("out");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(out())) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> out().relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private void refused(Typed typed, String... words) {
        assertThat(typed.code()).as(typed.err()).isEqualTo(Commands.FAILED);
        assertThat(typed.err()).contains(words).doesNotContain("Exception");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aMissingFolderIsNamed() throws IOException {
        refused(extract("--data", temp.resolve("nowhere").toString()), "There is no data folder", "nowhere", "--data");
    }

    @Test
    void aRunningSiteIsAskedInstead() throws Exception {
        try (Started site = Started.over(data, Access.OPEN)) {
            assertThat(site.url()).isNotEmpty();
            refused(extract(), "A site runs over", "$extract-data");
        }
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Files.createDirectories(out());
        Path mine = Files.writeString(out().resolve("mine.txt"), "mine");
        Typed typed = extract();

        assertThat(typed.code()).isEqualTo(Commands.FAILED);
        assertThat(typed.err()).contains("There is something in", "empty");
        assertThat(files()).containsExactly("mine.txt");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void whatCantBeReadIsSaid() throws IOException {
        Files.createDirectory(temp.resolve("crtdl.json"));
        refused(extract(), "can't be read");
        refused(extractWithout("--patients", temp.resolve("none.txt").toString()), "none.txt", "can't be read");
    }

    private Typed extractWithout(String... more) throws IOException {
        Files.deleteIfExists(temp.resolve("crtdl.json"));
        return extract(more);
    }

    @Test
    void aWrongDocumentIsToldByPlace() throws IOException {
        Files.writeString(temp.resolve("crtdl.json"), CRTDL.replace("Patient.gender", "Patient.beard:long"));
        Typed typed = extract();
        assertThat(typed.code()).isEqualTo(Commands.WRONG);
        assertThat(typed.err()).contains("/dataExtraction/attributeGroups/0/attributes/0/attributeRef");

        Files.writeString(temp.resolve("crtdl.json"), "{");
        assertThat(extract().code()).isEqualTo(Commands.WRONG);
        Typed consent = extractWithout("--consent", "mine");
        assertThat(consent.code()).isEqualTo(Commands.WRONG);
        assertThat(consent.err()).contains("allmende, reference or none");
        assertThat(out()).doesNotExist();
    }

    @Test
    void anUnknownRuleSetIsRefusedWithThoseThereAre() throws IOException {
        refused(extract("--rules", "mine"), "There is no rule set mine", "kds-pseudonymised");
        assertThat(extract("--format", "tape").code()).isEqualTo(Commands.WRONG);
    }

    @Test
    void writesTheFormsThatAreNamed() throws IOException {
        Path list = Files.writeString(temp.resolve("patients.txt"), "Patient/pat0001\n\n pat0002 \nnobody\n");
        Typed typed = extract("--format", "ndjson,csv", "--patients", list.toString());

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out()).contains("2 of 2 patients").contains("patient-unknown");
        assertThat(files())
                .anyMatch(name -> name.endsWith(".ndjson"))
                .anyMatch(name -> name.endsWith(".csv"))
                .noneMatch(name -> name.endsWith(".parquet"))
                .noneMatch(name -> name.contains("bundle"));
        for (String name : files()) {
            assertThat(Files.readString(out().resolve(name))).as(name).doesNotContain("pat000");
        }
        assertThat(Typed.run("delivery", "check", out().toString()).code()).isZero();
    }

    @Test
    void identifyingIsNotedAsSuch() throws IOException {
        Path list = Files.writeString(temp.resolve("patients.txt"), "pat0001\n");
        Typed typed = extract("--identifying", "--format", "ndjson", "--patients", list.toString());

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.err()).contains("the files name patients");
        String all = "";
        for (String name : files()) {
            all += name.endsWith(".ndjson") ? Files.readString(out().resolve(name)) : "";
        }
        assertThat(all).contains("pat0001");
        StringBuilder log = new StringBuilder();
        try (Stream<Path> paths = Files.walk(data.resolve("audit"))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(path));
            }
        }
        assertThat(log).contains("extract-identifying");
    }

    @Test
    void whatWasInterruptedGoesOn() throws Exception {
        Path crtdl = Files.writeString(temp.resolve("crtdl.json"), CRTDL);
        Thread.currentThread().interrupt();
        Typed first = Typed.run(
                "extract",
                crtdl.toString(),
                "--out",
                out().toString(),
                "--data",
                data.toString(),
                "--format",
                "ndjson");
        assertThat(Thread.interrupted() || first.code() != 0).isTrue();
        assertThat(first.code()).as(first.out()).isEqualTo(Commands.FAILED);

        Typed second = extract("--format", "ndjson");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("1,199 of 1,199 patients");
        assertThat(Typed.run("delivery", "check", out().toString()).code()).isZero();
    }
}
