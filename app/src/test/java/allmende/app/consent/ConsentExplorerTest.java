package allmende.app.consent;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page and the command tell about patients, and that each look is noted. */
class ConsentExplorerTest {

    private static ConsentSite site;

    @BeforeAll
    static void start() throws Exception {
        site = ConsentSite.shared();
    }

    private static Typed explain(String... more) {
        return Typed.run(Stream.concat(
                        Stream.of("consent", "explain", "--data", site.data().toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void tellsWhichDeclarationDecides() {
        Typed told = explain("again", "--day", "2024-06-15");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out())
                .contains(
                        "Use for research is permitted, with data of this time: 1 Sept 2020 to 28 Feb 2022, 1 Mar 2023")
                .contains(".8   Using medical data for research: permitted")
                .contains("(Consent/again-3 provision.provision[1]): decides")
                .contains("overridden by Consent/again-3")
                .doesNotContain("Geheimnis");
    }

    @Test
    void tellsItInGerman() {
        assertThat(explain("again", "--day", "2022-06-15", "--language", "de").out())
                .contains("Nichts darf für Forschung genutzt werden.")
                .contains("MDAT wissenschaftlich nutzen: nicht erlaubt")
                .contains("erst nach diesem Tag erklärt");
    }

    @Test
    void knowsNobodyWhoIsNotThere() {
        Typed told = explain("nobody");
        assertThat(told.code()).isEqualTo(1);
        assertThat(told.err()).contains("There is no patient with this id.");
    }

    @Test
    void pageExplainsAndCounts() throws Exception {
        String english = site.page("/consent?patient=again&day=2024-06-15", "en");
        assertThat(english)
                .contains("May be used for research")
                .contains("Consent/again-2")
                .contains("overridden by Consent/again-3")
                .doesNotContain("Geheimnis");
        assertThat(site.page("/consent?patient=refuses", "de")).contains("Darf nicht für Forschung genutzt werden");
        assertThat(site.page("/consent?patient=silent", "en")).contains("There is no consent.");
        assertThat(site.page("/consent?patient=nobody", "en")).contains("There is no patient with this id.");
        assertThat(site.page("/consent?patient=again&day=31.1.2024", "en")).contains("This is not a date.");
        // one of three
        assertThat(site.page("/consent", "en").replaceAll("\\s+", " "))
                .contains("(.6 and .8)</dt> <dd class=\"consent__big\">1</dd>");
    }

    @Test
    void eachLookIsNoted() throws Exception {
        long before = looks();
        site.page("/consent?patient=again", "en");
        explain("refuses");
        for (int i = 0; i < 100 && looks() < before + 2; i++) {
            Thread.sleep(50);
        }
        assertThat(looks()).isEqualTo(before + 2);
    }

    /** Lines of the access log about consent. */
    private static long looks() throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.walk(site.data())) {
            for (Path file : files.filter(one -> one.toString().contains("access") && Files.isRegularFile(one))
                    .toList()) {
                try (Stream<String> text = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
                    lines += text.filter(line -> line.contains("\"consent\"")).count();
                }
            }
        }
        return lines;
    }
}
