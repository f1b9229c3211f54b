package allmende.engine.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.core.terminology.operation.CodeSet;
import allmende.core.terminology.operation.Expander;
import allmende.core.terminology.operation.Expansion;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.ValueSetEvaluator;
import allmende.engine.packages.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every value set of published packages is expanded, or told to lack a code system; none fails. Skips without them. */
final class PublishedValueSetsTest {

    @Test
    void expandEveryValueSetOrTellWhatIsMissing(@TempDir Path folder) throws IOException {
        Path shared = Path.of(System.getProperty("allmende.root", "..")).resolveSibling("shared");
        String named = System.getenv("ALLMENDE_SHARED");
        Path given = (named == null ? shared : Path.of(named)).resolve("packages");
        assumeTrue(Files.isDirectory(given), "no published packages beside the repository");
        try (Packages packages = Packages.open(folder.resolve("packages"));
                Stream<Path> files = Files.list(given);
                InstalledTerminology source = new InstalledTerminology(
                        new SystemLibrary(folder.resolve("terminology")), packages, folder.resolve("cache"))) {
            files.filter(file -> file.toString().endsWith(".tgz")).sorted().forEach(packages::install);
            Map<Gap.Kind, Integer> gaps = new EnumMap<>(Gap.Kind.class);
            int expanded = 0;
            int all = 0;
            for (JsonNode valueSet : packages.definitions("ValueSet")) {
                all++;
                CodeSet codes = new ValueSetEvaluator(source, Map.of()).evaluate(valueSet);
                Expander.Wanted page = new Expander.Wanted("", 0, 100, false, false, "de", true);
                switch (Expander.expand(codes, page)) {
                    case Expansion.Expanded whole -> expanded++;
                    case Expansion.NotHere(Gap gap) -> gaps.merge(gap.kind(), 1, Integer::sum);
                }
            }
            System.out.println(all + " value sets: " + expanded + " expanded, not here: " + gaps);
            assertThat(all).isGreaterThan(300);
            assertThat(expanded).isGreaterThan(all / 2);
            assertThat(gaps.keySet())
                    .isSubsetOf(List.of(Gap.Kind.SYSTEM, Gap.Kind.VALUE_SET, Gap.Kind.VERSION, Gap.Kind.UNSUPPORTED));
        }
    }
}
