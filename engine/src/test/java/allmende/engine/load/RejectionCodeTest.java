package allmende.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of reasons and its documentation are one. */
final class RejectionCodeTest {

    @Test
    void isDocumentedCompletelyAndInOrder() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("allmende.root"), "docs", "implementation", "loading.md"));
        String table = page.substring(page.indexOf("| code | what it means |"));
        List<String> documented = Pattern.compile("^\\| `([a-z0-9-]+)` \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(RejectionCode.values())
                        .map(RejectionCode::code)
                        .toList());
    }

    @Test
    void knowsTheTypesOfR4() {
        assertThat(ResourceTypes.count()).isEqualTo(146);
        assertThat(ResourceTypes.isKnown("DomainResource")).isFalse();
    }
}
