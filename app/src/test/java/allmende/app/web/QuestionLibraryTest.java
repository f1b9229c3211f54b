package allmende.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.ParsedQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionLibraryTest {

    private final QuestionLibrary library = QuestionLibrary.shipped();

    @Test
    void everyQuestionCanBeAnsweredInBothLanguages() {
        CcdlReader reader = new CcdlReader(Catalogues.shipped());

        assertThat(library.all()).hasSizeGreaterThanOrEqualTo(10);
        for (Question question : library.all()) {
            for (String query :
                    List.of(question.query().german(), question.query().english())) {
                assertThat(reader.read(query.getBytes(StandardCharsets.UTF_8)))
                        .as(question.id())
                        .isInstanceOf(ParsedQuery.Valid.class);
            }
            assertThat(question.title().german()).isNotEqualTo(question.title().english());
        }
    }

    @Test
    void idsAreUnique() {
        assertThat(library.all()).extracting(Question::id).doesNotHaveDuplicates();
        assertThat(library.find("nobody-asks-this")).isEmpty();
    }
}
