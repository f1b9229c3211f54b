package allmende.app.deident;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Problem;
import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of rules in JSON and YAML, in our form and in that of other pseudonymisers. */
final class RuleFileTest {

    static final String YAML = """
            # as pipelines have it
            fhirVersion: R4
            fhirPathRules:
              - path: Resource.id
                method: cryptoHash
                truncateToMaxLength: 32
              - path: nodesByType('Identifier').where(type.coding.where(code = 'MR').exists()).value
                method: pseudonymize
                domain: yaml-patient
              - path: Patient.birthDate
                method: generalize
                cases:
                  "$this": "$this.toString().substring(0, 4)"
                otherValues: redact
              - path: nodesByType('HumanName')
                method: keep
            parameters:
              cryptoHashKey: ""
            """;

    private static RuleSetRead read(String text) {
        return RuleFile.read(text.getBytes(StandardCharsets.UTF_8), "by-file");
    }

    @Test
    void yamlIsReadAsJsonIs() {
        RuleSet rules = ((RuleSetRead.Compiled) read(YAML)).rules();
        assertThat(rules.name()).isEqualTo("by-file");
        assertThat(rules.domains()).contains("yaml-patient");
        assertThat(rules.notes()).singleElement().satisfies(note -> {
            assertThat(note.pointer()).isEqualTo("/fhirPathRules/3/path");
            assertThat(note.message()).contains("That stays so");
        });
        RuleSetRead own = read("name: own\nrules:\n- {path: Patient.gender, method: keep, why: sex matters}\n");
        assertThat(((RuleSetRead.Compiled) own).rules().name()).isEqualTo("own");
        assertThat(((RuleSetRead.Compiled) own).rules().hash())
                .isEqualTo(((RuleSetRead.Compiled) read("{\"name\":\"own\",\"rules\":[{\"path\":\"Patient.gender\","
                                + "\"method\":\"keep\",\"why\":\"sex matters\"}]}"))
                        .rules()
                        .hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just text",
                "- a list",
                "a: b\na: c\n",
                "a: [",
                "a: !!java.net.URL [\"http://h.example\"]",
                "a: &x [1]\nb: *x\nc: [*x, *x]\n",
                "1: b",
                "a: 2020-01-01",
                "a: .nan",
            })
    void whatIsNoFileOfRulesIsRefused(String text) {
        assertThat(read(text)).isInstanceOf(RuleSetRead.Refused.class);
        List<Problem> problems = ((RuleSetRead.Refused) read(text)).problems();
        assertThat(problems).isNotEmpty().allMatch(problem -> problem.message().endsWith("."));
    }

    @Test
    void theShelfTakesBothAndNoTwoOfOneName(@TempDir Path data) throws Exception {
        Path folder = Files.createDirectories(data.resolve("deident"));
        Files.writeString(folder.resolve("pipeline.yaml"), YAML);
        Files.writeString(folder.resolve("notes.txt"), "no rules");
        RuleShelf shelf = new RuleShelf(data);
        assertThat(shelf.names()).contains("pipeline", "anonymised").doesNotContain("notes", "");
        assertThat(shelf.find("pipeline")).isInstanceOf(RuleShelf.Found.Usable.class);
        Files.writeString(folder.resolve("pipeline.json"), "{}");
        assertThat(shelf.find("pipeline")).isInstanceOf(RuleShelf.Found.Refused.class);
    }
}
