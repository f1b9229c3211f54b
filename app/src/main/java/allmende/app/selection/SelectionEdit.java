package allmende.app.selection;

import allmende.core.fhir.Coding;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of editing a data selection. Groups are named by their number in the document, fields by their element. */
sealed interface SelectionEdit {

    /** With a group of this profile and the fields that the profile requires. */
    record AddProfile(String profile) implements SelectionEdit {}

    /** Without the group. */
    record RemoveGroup(int group) implements SelectionEdit {}

    /** With the group one place further up. */
    record MoveUp(int group) implements SelectionEdit {}

    /** With the field. */
    record AddField(int group, String path) implements SelectionEdit {}

    /** Without the field. */
    record RemoveField(int group, String path) implements SelectionEdit {}

    /** Whether patients without the field are left out. */
    record MustHave(int group, String path, boolean mustHave) implements SelectionEdit {}

    /** Whether resources are delivered only where another group refers to them. */
    record ReferenceOnly(int group, boolean only) implements SelectionEdit {}

    /** With a link from a reference to the group with this id. */
    record Link(int group, String path, String target) implements SelectionEdit {}

    /** Without the link. */
    record Unlink(int group, String path, String target) implements SelectionEdit {}

    /** With a new group of the profile, delivered only where referred to, and a link to it. */
    record LinkNew(int group, String path, String profile) implements SelectionEdit {}

    /** With these codes added to the filter. */
    record AddCodes(int group, String name, List<Coding> codes) implements SelectionEdit {
        public AddCodes {
            codes = List.copyOf(codes);
        }
    }

    /** Without the code in the filter; the filter goes with its last code. */
    record RemoveCode(int group, String name, Coding code) implements SelectionEdit {}

    /** Only from, until or between these days, both inclusive; no restriction where both are null. */
    record Dates(
            int group, @Nullable LocalDate first, @Nullable LocalDate last) implements SelectionEdit {}
}
