package allmende.app.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The editor as drawn.
 *
 * @param saved time of the last change, as text
 * @param reading the question in words, piece by piece; empty where there is nothing to read
 * @param remarks about the question as a whole
 * @param consent the consent asked for, in words; null for none
 * @param problems why it can't be asked
 * @param estimate null where there is no question to estimate
 * @param focus id of the element that shall have the focus after an edit; null for none
 */
record EditorView(
        long id,
        long revision,
        String name,
        String notes,
        boolean shared,
        boolean undoable,
        boolean redoable,
        String saved,
        List<PartView> reading,
        List<HintView> remarks,
        SideView inclusion,
        SideView exclusion,
        @Nullable String consent,
        List<ProblemView> problems,
        @Nullable EstimateView estimate,
        @Nullable String focus) {

    /** Whether there is a question that could be asked. */
    boolean askable() {
        return !reading.isEmpty() && problems.isEmpty();
    }

    /**
     * A piece of the sentence.
     *
     * @param kind what it is, as part of a class name
     * @param anchor id of the card that it is about; null for none
     */
    record PartView(String text, String kind, @Nullable String anchor) {}

    /**
     * One side.
     *
     * @param name {@code inclusion} or {@code exclusion}
     */
    record SideView(String name, List<GroupView> groups) {}

    /** One group. */
    record GroupView(int index, List<CardView> cards) {}

    /**
     * One criterion.
     *
     * @param id of its element
     * @param spot its name in addresses
     * @param index its number in the group
     * @param context what the context is called
     * @param title what it looks for
     * @param codes its codes, the first few
     * @param filters each filter in words
     * @param hints what to look at
     * @param moves where it can be moved to
     */
    record CardView(
            String id,
            String spot,
            int index,
            String context,
            String title,
            List<String> codes,
            List<String> filters,
            List<HintView> hints,
            List<MoveView> moves) {}

    /**
     * A remark beside a criterion.
     *
     * @param kind {@code error}, {@code warning} or {@code hint}
     */
    record HintView(String kind, String text) {}

    /** A place to move to. */
    record MoveView(String to, String text) {}

    /**
     * Why it can't be asked.
     *
     * @param anchor id of the element that it is about; null for all
     */
    record ProblemView(String text, @Nullable String anchor) {}

    /**
     * The estimate.
     *
     * @param known whether any site has published statistics
     */
    record EstimateView(
            boolean known, String low, String likely, String high, List<SiteView> sites, List<String> notes) {}

    /** One site's part of the estimate. */
    record SiteView(String name, String likely, String range) {}
}
