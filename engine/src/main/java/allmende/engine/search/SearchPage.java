package allmende.engine.search;

import allmende.engine.store.Store.VersionId;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a search found.
 *
 * @param t the snapshot that was searched
 * @param total how many match in all; empty where that was not asked for
 * @param matches those of this page, in order
 * @param included what they bring in
 * @param next where the next page goes on; null on the last one
 * @param ignored parameters that were not understood, where the caller allowed that
 * @param form how the resources shall be shown
 */
public record SearchPage(
        long t,
        OptionalLong total,
        List<VersionId> matches,
        List<VersionId> included,
        @Nullable Cursor next,
        List<Refusal> ignored,
        ResultForm form) {

    public SearchPage {
        matches = List.copyOf(matches);
        included = List.copyOf(included);
        ignored = List.copyOf(ignored);
    }

    /**
     * A place between two pages.
     *
     * @param t the snapshot that all pages show
     * @param type the type that the last page ended in
     * @param rid the last resource of that page
     * @param total what the first page told; -1 for nothing
     */
    public record Cursor(long t, String type, long rid, long total) {}
}
