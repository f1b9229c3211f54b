package allmende.app.selection;

import allmende.core.profile.Identifying;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a selection.
 *
 * @param id number of the question
 * @param name name of the question
 * @param revision of the question that is shown
 * @param undoable whether there is an edit to take back
 * @param redoable whether there is one to do again
 * @param delivery the selection as a whole
 * @param groups what is selected
 * @param modules what can be added
 * @param problems why the selection can't be carried out yet
 */
record SelectionView(
        long id,
        String name,
        long revision,
        boolean undoable,
        boolean redoable,
        Delivery delivery,
        List<Group> groups,
        List<Module> modules,
        List<Trouble> problems) {

    /** Why the selection can't be carried out yet. */
    record Trouble(String pointer, String message) {}

    /** A module with its profiles. */
    record Module(String name, List<Choice> profiles) {

        /** Whether the profile is one of this module. */
        public boolean has(String url) {
            return profiles.stream().anyMatch(profile -> profile.url().equals(url));
        }
    }

    /**
     * A profile that can be added.
     *
     * @param times how often it is selected already
     */
    record Choice(String url, String title, String description, int times) {}

    /**
     * A selected profile.
     *
     * @param index number in the document
     * @param id the document's id of it
     * @param known whether the profile is one of the declared ones
     * @param removable whether it may go: the patient's may not
     * @param chosen fields that are selected
     * @param others fields that are not
     * @param codes what its codes are restricted to, by element
     * @param dates the restriction by date; null where the profile has no date
     */
    record Group(
            int index,
            String id,
            String name,
            String profile,
            String description,
            boolean known,
            boolean removable,
            boolean referenceOnly,
            List<Field> chosen,
            List<Field> others,
            List<Codes> codes,
            @Nullable Dates dates) {

        /** Id of its place on the page. */
        public String anchor() {
            return "group-" + index;
        }

        /** Whether anything restricts which resources are delivered. */
        public boolean filtered() {
            return codes.stream().anyMatch(each -> !each.codes().isEmpty()) || (dates != null && dates.set());
        }
    }

    /**
     * A field.
     *
     * @param identifying how far it can identify a person; null where it is not declared
     * @param links groups that it may point to; empty unless it is a reference
     * @param targets profiles that could be added for it to point to
     * @param loose whether it is a mere reference that points to no group
     */
    record Field(
            String path,
            String title,
            String description,
            @Nullable Identifying identifying,
            String reason,
            boolean required,
            boolean mustHave,
            List<Link> links,
            List<Target> targets,
            boolean loose) {

        /** Ending of message keys and style classes for its class. */
        public String mark() {
            return identifying == null
                    ? "unknown"
                    : identifying.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A group that a reference points to, or could. */
    record Link(String id, String name, boolean linked) {}

    /** A profile that a reference could point to. */
    record Target(String url, String title) {}

    /**
     * A restriction to codes.
     *
     * @param name the search parameter
     * @param systems what codes may be from; empty where the profile does not declare the element
     * @param searchable whether codes can be found by words
     */
    record Codes(String name, String title, List<Code> codes, List<CodeSystem> systems, boolean searchable) {}

    /** A code system and what people call it. */
    record CodeSystem(String uri, String name) {}

    /** A code with its text. */
    record Code(String system, String code, String text) {}

    /** A restriction to days; empty where open. */
    record Dates(String title, String first, String last) {

        /** Whether it restricts anything. */
        public boolean set() {
            return !first.isEmpty() || !last.isEmpty();
        }
    }
}
