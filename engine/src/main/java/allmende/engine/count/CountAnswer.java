package allmende.engine.count;

import allmende.core.cohort.Funnel;
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

    /** A remark on a place in the query ({@code pointer} is a JSON pointer). */
    public record Note(String pointer, String message) {}
}
