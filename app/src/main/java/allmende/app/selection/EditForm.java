package allmende.app.selection;

import allmende.core.fhir.Coding;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a form of the page sends. The button that was pressed says what to do: a word, and after a colon what it is about.
 *
 * @param revision of the question that the page showed
 * @param group number of the group that the form belongs to; -1 where it belongs to none
 * @param act the button
 * @param system code system of codes that were typed
 * @param codes codes as typed: separated by blanks, commas, semicolons or line breaks
 * @param first first day, empty where open
 * @param last last day, empty where open
 */
record EditForm(
        long revision,
        @Nullable Integer group,
        @Nullable String act,
        @Nullable String system,
        @Nullable String codes,
        @Nullable String first,
        @Nullable String last) {

    /** Most codes that are taken at once. */
    static final int CODES_MAX = 2_000;

    /** The step that is wanted, or why it can't be read. */
    sealed interface Wish {
        /** This step. */
        record Step(SelectionEdit edit) implements Wish {}

        /** Not understood; the key of the message that says what to do. */
        record Bad(String message) implements Wish {}
    }

    /** Reads the form. */
    Wish wish() {
        int at = group == null ? -1 : group;
        String pressed = act == null ? "" : act;
        int colon = pressed.indexOf(':');
        String word = colon < 0 ? pressed : pressed.substring(0, colon);
        String about = colon < 0 ? "" : pressed.substring(colon + 1);
        return switch (word) {
            case "add-profile" -> step(new SelectionEdit.AddProfile(about));
            case "remove-group" -> step(new SelectionEdit.RemoveGroup(at));
            case "up" -> step(new SelectionEdit.MoveUp(at));
            case "add-field" -> step(new SelectionEdit.AddField(at, about));
            case "remove-field" -> step(new SelectionEdit.RemoveField(at, about));
            case "must" -> step(new SelectionEdit.MustHave(at, about, true));
            case "may" -> step(new SelectionEdit.MustHave(at, about, false));
            case "only-referenced" -> step(new SelectionEdit.ReferenceOnly(at, true));
            case "always" -> step(new SelectionEdit.ReferenceOnly(at, false));
            case "link", "unlink", "link-new" -> link(at, word, about);
            case "codes" -> typed(at, about);
            case "remove-code" -> removal(at, about);
            case "dates" -> dates(at);
            case "no-dates" -> step(new SelectionEdit.Dates(at, null, null));
            default -> new Wish.Bad("selection.bad.act");
        };
    }

    private static Wish step(SelectionEdit edit) {
        return new Wish.Step(edit);
    }

    private static Wish link(int group, String word, String about) {
        int arrow = about.indexOf('>');
        if (arrow < 0) {
            return new Wish.Bad("selection.bad.act");
        }
        String path = about.substring(0, arrow);
        String target = about.substring(arrow + 1);
        return step(
                switch (word) {
                    case "link" -> new SelectionEdit.Link(group, path, target);
                    case "unlink" -> new SelectionEdit.Unlink(group, path, target);
                    default -> new SelectionEdit.LinkNew(group, path, target);
                });
    }

    private Wish typed(int group, String name) {
        String from = system == null ? "" : system.strip();
        List<Coding> typed = Arrays.stream((codes == null ? "" : codes).split("[\\s,;]+"))
                .filter(code -> !code.isBlank())
                .distinct()
                .map(code -> new Coding(from, code))
                .toList();
        if (typed.isEmpty() || from.isEmpty()) {
            return new Wish.Bad("selection.bad.codes");
        }
        return typed.size() > CODES_MAX
                ? new Wish.Bad("selection.bad.many")
                : step(new SelectionEdit.AddCodes(group, name, typed));
    }

    private static Wish removal(int group, String about) {
        String[] parts = about.split("\\|", 3);
        return parts.length < 3
                ? new Wish.Bad("selection.bad.act")
                : step(new SelectionEdit.RemoveCode(group, parts[0], new Coding(parts[1], parts[2])));
    }

    private Wish dates(int group) {
        try {
            LocalDate from = day(first);
            LocalDate to = day(last);
            return from != null && to != null && to.isBefore(from)
                    ? new Wish.Bad("selection.bad.order")
                    : step(new SelectionEdit.Dates(group, from, to));
        } catch (DateTimeParseException e) {
            return new Wish.Bad("selection.bad.date");
        }
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
    }
}
