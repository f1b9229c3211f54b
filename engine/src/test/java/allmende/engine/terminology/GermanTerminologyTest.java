package allmende.engine.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.Coding;
import allmende.core.terminology.ConceptDictionary;
import allmende.core.terminology.ConceptRange;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GermanTerminologyTest {

    @TempDir
    static Path cache;

    private static final Terminology TERMINOLOGY = GermanTerminology.load(null);

    private static Coding icd(String code) {
        return new Coding(Terminology.ICD_10_GM, code);
    }

    private static Coding ops(String code) {
        return new Coding(Terminology.OPS, code);
    }

    private static boolean contains(ConceptDictionary concepts, Coding above, Coding below) {
        long number = concepts.find(below).orElseThrow();
        return concepts.subtree(above).stream().anyMatch(range -> range.low() <= number && number <= range.high());
    }

    private static long below(Terminology terminology, String system, String code) {
        var hierarchy = terminology.hierarchy(system).orElseThrow();
        return hierarchy.subtree(hierarchy.position(code).orElseThrow()).stream()
                        .mapToLong(interval -> interval.high() - interval.low() + 1)
                        .sum()
                - 1;
    }

    @Test
    void classificationsAreComplete() {
        assertThat(TERMINOLOGY.hierarchy(Terminology.ICD_10_GM).orElseThrow().size())
                .isEqualTo(17_089);
        assertThat(TERMINOLOGY.hierarchy(Terminology.OPS).orElseThrow().size()).isEqualTo(38_698);
        assertThat(TERMINOLOGY.system(Terminology.ICD_10_GM).orElseThrow().version())
                .isEqualTo("2025");
        assertThat(TERMINOLOGY.display(icd("E11.90")).orElseThrow()).startsWith("Diabetes mellitus, Typ 2");
        assertThat(TERMINOLOGY.display(new Coding("http://fhir.de/CodeSystem/dimdi/icd-10-gm", "I50.9")))
                .isEqualTo(TERMINOLOGY.display(icd("I50.9")))
                .isPresent();
    }

    @Test
    void subtreesAreOneInterval() {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        assertThat(concepts.subtree(icd("E10-E14"))).hasSize(1);
        assertThat(contains(concepts, icd("E10-E14"), icd("E11.9"))).isTrue();
        assertThat(contains(concepts, icd("E10-E14"), icd("E11.90"))).isTrue();
        assertThat(contains(concepts, icd("E10-E14"), icd("E15"))).isFalse();
        assertThat(contains(concepts, icd("E11.9"), icd("E11"))).isFalse();
        assertThat(concepts.subtree(ops("5"))).hasSize(1);
        assertThat(below(TERMINOLOGY, Terminology.OPS, "5")).isEqualTo(27_825);
        assertThat(contains(concepts, ops("5"), ops("5-470.11"))).isTrue();
    }

    @Test
    void aCodeUnknownToItsSystemStandsForItself() {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        assertThat(concepts.subtree(icd("E11.Z"))).isEmpty();
        long number = concepts.number(icd("E11.Z"));
        assertThat(concepts.subtree(icd("E11.Z"))).containsExactly(new ConceptRange(number, number));
        assertThat(contains(concepts, icd("E11"), icd("E11.Z"))).isFalse();
    }

    @Test
    void theCacheAnswersAsThePackageDoes() throws IOException {
        GermanTerminology.load(cache);
        Path file = onlyFile();
        byte[] sound = Files.readAllBytes(file);
        assertSameAsPackage(GermanTerminology.load(cache));

        byte[] damaged = sound.clone();
        damaged[sound.length / 2] ^= 1;
        Files.write(file, damaged);
        assertSameAsPackage(GermanTerminology.load(cache));
        assertThat(Files.readAllBytes(file)).isEqualTo(sound);

        Files.write(file, new byte[2]);
        assertSameAsPackage(GermanTerminology.load(cache));
        assertThat(Files.readAllBytes(onlyFile())).isEqualTo(sound);
    }

    @Test
    void operatorsAddCodeSystems(@TempDir Path folder) throws IOException {
        Path loinc = Files.writeString(folder.resolve("loinc.json"), """
                {"resourceType":"CodeSystem","url":"http://loinc.org","version":"2.80","concept":[
                 {"concept":[{"code":"2345-7","display":"Glucose"}],"code":"LP1"}]}
                """);
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"resourceType\":\"CodeSystem\",");
        Path absent = folder.resolve("absent.json");
        GermanTerminology.Loaded loaded = GermanTerminology.load(cache, List.of(loinc, broken, absent));
        assertThat(loaded.terminology().display(new Coding("http://loinc.org", "2345-7")))
                .contains("Glucose");
        assertThat(below(loaded.terminology(), "http://loinc.org", "LP1")).isEqualTo(1);
        assertThat(loaded.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith(broken + ":"))
                .anyMatch(problem -> problem.startsWith(absent + ":"));
    }

    private static Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static void assertSameAsPackage(Terminology cached) {
        for (String uri : List.of(Terminology.ICD_10_GM, Terminology.OPS)) {
            var expected = TERMINOLOGY.hierarchy(uri).orElseThrow();
            var actual = cached.hierarchy(uri).orElseThrow();
            assertThat(actual.size()).isEqualTo(expected.size());
            for (int position = 0; position < expected.size(); position++) {
                String code = expected.code(position);
                assertThat(actual.position(code)).hasValue(position);
                assertThat(actual.subtree(position)).isEqualTo(expected.subtree(position));
                assertThat(actual.display(code)).isEqualTo(expected.display(code));
            }
        }
    }
}
