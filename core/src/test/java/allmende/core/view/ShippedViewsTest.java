package allmende.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ShippedViewsTest {

    static List<String> names() {
        return ShippedViews.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isUnderstoodAndSaysWhatEachColumnMeans(String name) {
        JsonNode definition = ShippedViews.definition(name).orElseThrow();
        assertThat(View.read(definition)).isInstanceOfSatisfying(View.Read.Compiled.class, compiled -> {
            assertThat(compiled.view().name()).isEqualTo(name);
            assertThat(compiled.view().columns()).allSatisfy(column -> {
                assertThat(column.description()).endsWith(".");
                assertThat(column.type()).isNotEmpty();
            });
        });
        assertThat(definition.path("description").stringValue("")).isNotEmpty();
    }

    @Test
    void allFilesAreListed() throws IOException {
        Path folder =
                Path.of(System.getProperty("allmende.root"), "core", "src", "main", "resources", "allmende", "views");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(ShippedViews.names());
        }
    }

    @Test
    void anUnknownNameHasNone() {
        assertThat(ShippedViews.definition("../package")).isEmpty();
    }
}
