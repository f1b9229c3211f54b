package allmende.bench;

import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of the questions that are measured.
 *
 * @param file name of its CCDL file, without ending
 * @param title what it asks, in a few words
 * @param goalMillis goal for a million patients and a hundred million facts, in a cold process
 */
record Question(String file, String title, double goalMillis) {

    /** Five in CCDL, from simple to hard. */
    static final List<Question> ALL = List.of(
            new Question("1-one-code", "one code", 100),
            new Question("2-code-value-time", "code with value and time", 150),
            new Question("3-subtree-2000", "subtree of 2,166 codes (OPS 5-79)", 100),
            new Question("4-ops-chapter-5", "OPS chapter 5 (27,826 codes)", 250),
            new Question("5-ten-criteria", "ten criteria with exclusions", 700));

    /** What CCDL can't ask; only the index answers these. */
    static final List<Question> BEYOND_CCDL = List.of(
            new Question("6-at-least", "a value at least three times", 500),
            new Question("7-last-value", "the last value", 500),
            new Question("8-within", "diagnoses of a chapter within 30 days before a value", 1_000),
            new Question("9-any-within", "any diagnosis within 30 days before a value", 2_000));

    /** The index answers all of them. */
    static List<Question> all() {
        return Stream.concat(ALL.stream(), BEYOND_CCDL.stream()).toList();
    }

    byte[] document() {
        try (InputStream in = Question.class.getResourceAsStream("questions/" + file + ".json")) {
            if (in == null) {
                throw new BenchFailure("No question " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new BenchFailure("Can't read question " + file + ": " + e.getMessage());
        }
    }

    /** Reads the query as a running site does, whose reader has long been made. */
    CohortQuery query(CcdlReader reader) {
        return switch (reader.read(document())) {
            case ParsedQuery.Valid(CohortQuery query) -> query;
            case ParsedQuery.Invalid(var problems) ->
                throw new BenchFailure("Question " + file + " is invalid: " + problems);
        };
    }
}
