package allmende.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule fires on what it is for, and keeps silent otherwise. */
final class TidyRulesTest {

    private static final String HERE = "core/src/main/java/allmende/core/sample/";

    @TempDir
    private Path root;

    @BeforeEach
    void describePackage() throws IOException {
        write(
                HERE + "package-info.java",
                "/** Sample. */\n@NullMarked\npackage allmende.core.sample;\nimport org.jspecify.annotations.NullMarked;\n");
    }

    @Test
    void countsLinesOfFilesAndMethods() throws IOException {
        write(HERE + "Long.java", sample("void m() {\n" + "\n".repeat(500) + "}"));
        assertThat(javaFaults())
                .anyMatch(fault -> fault.contains("a file has at most 400"))
                .anyMatch(fault -> fault.contains("a method has at most 60"));
    }

    @Test
    void countsParametersButNotThoseOfRecords() throws IOException {
        String six = IntStream.range(0, 6).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
        write(HERE + "Many.java", sample("void m(" + six + ") {}"));
        write(HERE + "Wide.java", "package allmende.core.sample;\nrecord Wide(" + six + ") { Wide(" + six + ") {} }");
        assertThat(javaFaults()).singleElement().asString().contains("m has 6 parameters");
    }

    @Test
    void keepsClockChanceAndConsoleOutOfCore() throws IOException {
        write(
                HERE + "Clock.java",
                sample("Object o = java.time.Instant.now(); Object r = new java.util.Random();"
                        + " void m() { System.out.println(java.time.LocalDate.now(clock)); }"));
        assertThat(javaFaults()).hasSize(3).anyMatch(fault -> fault.contains("System.out"));
    }

    @Test
    void wantsPackagesDescribedAndNamed() throws IOException {
        write("core/src/main/java/allmende/core/util/Bag.java", "package allmende.core.util;\nclass Bag {}\n");
        assertThat(javaFaults())
                .anyMatch(fault -> fault.contains("no package-info.java"))
                .anyMatch(fault -> fault.contains("name the package by what it is"));
    }

    @Test
    void keepsHapiInItsRoom() throws IOException {
        write(
                HERE + "Room.java",
                "package allmende.core.sample;\nimport ca.uhn.fhir.context.FhirContext;\nclass Room {}");
        write(
                "synth/src/test/java/allmende/core/sample/Check.java",
                "package allmende.core.sample;\nimport ca.uhn.A;\nclass Check {}");
        assertThat(javaFaults()).singleElement().asString().contains("Room.java");
    }

    @Test
    void findsLeftoversHostsAndPaths() {
        List<Fault> faults = new ArrayList<>();
        FileRules.checkText("a.txt", "fine\nTO" + "DO later\nsee https://regis" + "try.example.org/x", faults);
        FileRules.checkText("b.sh", "cd /wo" + "rk/place\ncd build/work/place", faults);
        FileRules.checkText("web/package-lock.json", "{\"resolved\": \"somewhere\"}", faults);
        assertThat(faults).extracting(Fault::line).containsExactly(2L, 3L, 1L, 1L);
    }

    @Test
    void documentsNameWhatExists() throws IOException {
        write(HERE + "Thing.java", sample("String option = \"--data\"; String command = \"load\"; void open() {}"));
        write("README.md", """
                [there](core/src) [gone](docs/gone.md) [web](https://example.org) `Thing` `Thing.open()` `Thing.shut()`
                `NoSuchThing` `./allmende load --data DIR` `allmende.core.sample` `allmende.no-such-key` `core/none.txt`
                ```
                ./allmende lode --date DIR
                ```
                """);
        Repository repository = Repository.at(root);
        assertThat(DocumentRules.check(repository, JavaSource.parse(repository)))
                .extracting(Fault::message)
                .containsExactlyInAnyOrder(
                        "link to docs/gone.md, which is not there",
                        "Thing has no shut",
                        "no such class: NoSuchThing",
                        "neither a package nor a configuration key: allmende.no-such-key",
                        "no such file: core/none.txt",
                        "no such command: ./allmende lode",
                        "no such option: --date");
    }

    private static String sample(String body) {
        return "package allmende.core.sample;\nclass Thing {\n" + body + "\n}\n";
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> javaFaults() throws IOException {
        return JavaRules.check(JavaSource.parse(Repository.at(root))).stream()
                .map(Fault::toString)
                .toList();
    }
}
