package allmende.app.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names, numbers, dates and free text are planted all over a hospital's data; every field that is known is extracted, and
 * none of what was planted is found again. The same extraction without de-identification finds most of it, so the search
 * can find.
 */
class PlantedIdentifiersTest {

    private static final int PATIENTS = 6;
    private static final int PLACES = 50;

    private static final Plants PLANTS = new Plants();
    private static final Set<String> IDS = new LinkedHashSet<>();
    private static Path folder;
    private static Path data;
    private static Path request;

    @BeforeAll
    static void load() throws IOException {
        folder = Hospital.temporary("allmende-planted");
        Path files = folder.resolve("files");
        succeed("generate", "--patients", Integer.toString(PATIENTS), "--out", files.toString());
        IDS.addAll(PLANTS.plant(files));
        data = folder.resolve("site");
        succeed("load", "--data", data.toString(), files.toString());
        request = Files.writeString(folder.resolve("crtdl.json"), crtdl());
        Files.write(folder.resolve("patients.txt"), IDS);
    }

    @AfterAll
    static void remove() {
        Hospital.delete(folder);
    }

    private static String succeed(String... words) {
        Typed typed = Typed.run(words);
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        return typed.out();
    }

    private static List<Path> all(Path files) throws IOException {
        try (Stream<Path> paths = Files.walk(files)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    /** Every field of every profile that is known, whether it identifies or not. */
    private static String crtdl() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode document = json.objectNode().put("version", "1").put("display", "");
        ObjectNode cohort =
                document.putObject("cohortDefinition").put("version", "2").put("display", "");
        ObjectNode criterion = cohort.putArray("inclusionCriteria").addArray().addObject();
        criterion
                .putObject("context")
                .put("code", "Diagnose")
                .put("system", "fdpg.mii.cds")
                .put("display", "Diagnose");
        criterion
                .putArray("termCodes")
                .addObject()
                .put("code", "I10")
                .put("system", "http://fhir.de/CodeSystem/bfarm/icd-10-gm")
                .put("display", "Hypertonie");
        document.putObject("dataExtraction").set("attributeGroups", Plants.everyField());
        return document.toString();
    }

    private static Path extract(String name, String... more) {
        Path out = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of(
                "extract",
                request.toString(),
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--consent",
                "none",
                "--patients",
                folder.resolve("patients.txt").toString()));
        words.addAll(List.of(more));
        succeed(words.toArray(String[]::new));
        return out;
    }

    private static Set<String> found(Path out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : all(out)) {
            if (!file.toString().contains("/.work/")) {
                text.append(file.getFileName())
                        .append('\n')
                        .append(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .append('\n');
            }
        }
        String all = text.toString();
        return PLANTS.planted().stream().filter(all::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothingThatWasPlantedLeaves() throws IOException {
        assertThat(PLANTS.planted()).hasSizeGreaterThanOrEqualTo(PLACES);
        assertThat(found(extract("open", "--identifying")))
                .as("what can be found at all")
                .hasSizeGreaterThanOrEqualTo(30);

        Path out = extract("delivery");

        assertThat(found(out)).isEmpty();
        int codings = 0;
        for (Path file : all(out)) {
            if (!file.toString().contains("/.work/")) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                codings += text.split("\"coding\"", -1).length - 1;
                assertThat(IDS)
                        .as("ids of patients in " + file.getFileName())
                        .noneMatch(id -> text.contains('"' + id + '"') || text.contains("Patient/" + id));
            }
        }
        assertThat(codings).as("codes, which do leave").isGreaterThan(500);
    }
}
