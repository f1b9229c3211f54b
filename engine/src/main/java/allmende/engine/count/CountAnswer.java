package allmende.engine.count;

import allmende.core.cohort.Funnel;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import java.util.List;

/**
 * The answer to a cohort query.
 *
 * @param count patients in the cohort
 * @param t snapshot of the store that was counted
 * @param funnel how it came about
 * @param notes what the asker should know, for example units that could not be converted; sentences without patient data
 */
public record CountAnswer(long count, long t, Funnel funnel, List<Note> notes) {

    public CountAnswer {
        notes = List.copyOf(notes);
    }

    /**
     * A remark on a place in the query.
     *
     * @param pointer JSON pointer to the place
     * @param code what it says
     * @param arguments what the sentence names
     * @param message the sentence in English
     */
    public record Note(String pointer, ProblemCode code, List<String> arguments, String message) {
        public Note {
            arguments = List.copyOf(arguments);
        }

        static Note of(String pointer, ProblemCode code, Object... arguments) {
            Problem said = Problem.of(pointer, code, arguments);
            return new Note(pointer, code, said.arguments(), said.message());
        }
    }
}
