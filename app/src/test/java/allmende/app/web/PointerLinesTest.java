package allmende.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointerLinesTest {

    private static final String TEXT = """
            {
              "a": [
                {"b": 1},
                {
                  "c~/d": true
                }
              ]
            }
            """;

    @Test
    void findsTheLineOfAValue() {
        PointerLines lines = PointerLines.of(TEXT);

        assertThat(lines.line("/a")).contains(2);
        assertThat(lines.line("/a/0/b")).contains(3);
        assertThat(lines.line("/a/1")).contains(4);
        assertThat(lines.line("/a/1/c~0~1d")).contains(5);
        assertThat(lines.broken()).isFalse();
    }

    @Test
    void fallsBackToTheNearestValueAround() {
        PointerLines lines = PointerLines.of(TEXT);

        assertThat(lines.line("/a/1/missing/deeper")).contains(4);
        assertThat(lines.line("/nothing")).isEmpty();
        assertThat(lines.line("")).isEmpty();
    }

    @Test
    void knowsWhereBrokenTextBreaks() {
        PointerLines lines = PointerLines.of("{\n  \"a\": 1,\n  oops\n}");

        assertThat(lines.broken()).isTrue();
        assertThat(lines.lastLine()).isEqualTo(3);
    }
}
