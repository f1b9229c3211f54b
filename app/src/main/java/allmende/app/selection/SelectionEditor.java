package allmende.app.selection;

import allmende.core.document.DataDocument;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.GroupNames;
import allmende.core.extraction.ResourceFilter;
import allmende.core.fhir.Coding;
import allmende.core.profile.DataProfile;
import allmende.core.profile.Identifying;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries out steps of editing. Pure: a document in, a document out. A step that names what is not there changes nothing,
 * since a page may be older than the document.
 */
final class SelectionEditor {

    private final Profiles profiles;
    private final Locale language;
    private final Function<Coding, String> display;

    /**
     * An editor.
     *
     * @param language of the names that new groups get
     * @param display text of a code that is added
     */
    SelectionEditor(Profiles profiles, Locale language, Function<Coding, String> display) {
        this.profiles = profiles;
        this.language = language;
        this.display = display;
    }

    /** After the step; every selection includes the patient. */
    DataDocument apply(DataDocument document, SelectionEdit edit) {
        return switch (edit) {
            case SelectionEdit.AddProfile(String profile) -> addProfile(withPatient(document), profile);
            case SelectionEdit.RemoveGroup(int group) -> removeGroup(document, group);
            case SelectionEdit.MoveUp(int group) -> document.moveGroup(group, group - 1);
            case SelectionEdit.AddField(int group, String path) -> document.withAttribute(group, path, false);
            case SelectionEdit.RemoveField(int group, String path) -> document.removeAttribute(group, path);
            case SelectionEdit.MustHave(int group, String path, boolean must) ->
                document.withAttribute(group, path, must);
            case SelectionEdit.ReferenceOnly(int group, boolean only) -> document.withReferenceOnly(group, only);
            case SelectionEdit.Link(int group, String path, String target) -> document.withLink(group, path, target);
            case SelectionEdit.Unlink(int group, String path, String target) ->
                document.withoutLink(group, path, target);
            case SelectionEdit.LinkNew(int group, String path, String profile) ->
                linkNew(document, group, path, profile);
            case SelectionEdit.AddCodes(int group, String name, List<Coding> codes) ->
                addCodes(document, group, name, codes);
            case SelectionEdit.RemoveCode(int group, String name, Coding code) ->
                removeCode(document, group, name, code);
            case SelectionEdit.Dates dates -> dates(document, dates);
        };
    }

    /** With the patient's group at the front where there is none. */
    DataDocument withPatient(DataDocument document) {
        boolean there = document.groups().stream().anyMatch(this::isPatient);
        if (there) {
            return document;
        }
        DataDocument added = addProfile(document, profiles.patient().url());
        int last = added.groups().size() - 1;
        return added.moveGroup(last, 0);
    }

    private boolean isPatient(AttributeGroup group) {
        return profiles.find(group.profile()).filter(DataProfile::isPatient).isPresent();
    }

    private DataDocument removeGroup(DataDocument document, int group) {
        List<AttributeGroup> groups = document.groups();
        boolean lastPatient = group >= 0
                && group < groups.size()
                && isPatient(groups.get(group))
                && groups.stream().filter(this::isPatient).count() == 1;
        return lastPatient ? document : document.removeGroup(group);
    }

    private DataDocument addProfile(DataDocument document, String url) {
        Optional<DataProfile> found = profiles.find(url);
        if (found.isEmpty()) {
            return document;
        }
        DataProfile profile = found.get();
        DataDocument edited = document.addGroup(
                profile.url(), freeName(document, profile.title().in(language)));
        int group = edited.groups().size() - 1;
        for (ProfileField field : minimum(profile)) {
            edited = edited.withAttribute(group, field.path(), false);
        }
        return edited;
    }

    /**
     * The fields that a new group begins with: those that the profile requires, without references, which deliver nothing
     * until they are linked. Where none is left, the first harmless one: a group needs a field.
     */
    static List<ProfileField> minimum(DataProfile profile) {
        List<ProfileField> required = profile.required().stream()
                .filter(field -> !field.type().equals("Reference"))
                .filter(field -> !field.identifying().delicate())
                .toList();
        return required.isEmpty()
                ? profile.fields().stream()
                        .filter(field ->
                                field.identifying() == Identifying.QUASI || field.identifying() == Identifying.NONE)
                        .limit(1)
                        .toList()
                : required;
    }

    private static String freeName(DataDocument document, String wished) {
        Set<String> taken = document.groups().stream()
                .map(group -> GroupNames.slug(group.name()))
                .collect(Collectors.toSet());
        String name = wished;
        for (int number = 2; taken.contains(GroupNames.slug(name)); number++) {
            name = wished + " " + number;
        }
        return name;
    }

    private DataDocument linkNew(DataDocument document, int group, String path, String profile) {
        int before = document.groups().size();
        if (group < 0 || group >= before) {
            return document;
        }
        DataDocument added = addProfile(document, profile);
        List<AttributeGroup> groups = added.groups();
        return groups.size() == before
                ? document
                : added.withReferenceOnly(before, true)
                        .withLink(group, path, groups.get(before).id());
    }

    private static List<Coding> codes(DataDocument document, int group, String name) {
        List<AttributeGroup> groups = document.groups();
        if (group < 0 || group >= groups.size()) {
            return List.of();
        }
        return groups.get(group).filters().stream()
                .filter(ResourceFilter.Codes.class::isInstance)
                .map(ResourceFilter.Codes.class::cast)
                .filter(filter -> filter.name().equals(name))
                .flatMap(filter -> filter.codes().stream())
                .toList();
    }

    private DataDocument addCodes(DataDocument document, int group, String name, List<Coding> added) {
        List<Coding> codes = new ArrayList<>(codes(document, group, name));
        added.stream().filter(code -> !codes.contains(code)).forEach(codes::add);
        return codes.isEmpty() ? document : document.withFilter(group, new ResourceFilter.Codes(name, codes), display);
    }

    private DataDocument removeCode(DataDocument document, int group, String name, Coding code) {
        List<Coding> codes = new ArrayList<>(codes(document, group, name));
        if (!codes.remove(code)) {
            return document;
        }
        return codes.isEmpty()
                ? document.withoutFilter(group, name)
                : document.withFilter(group, new ResourceFilter.Codes(name, codes), display);
    }

    private DataDocument dates(DataDocument document, SelectionEdit.Dates dates) {
        List<AttributeGroup> groups = document.groups();
        if (dates.group() < 0 || dates.group() >= groups.size()) {
            return document;
        }
        AttributeGroup group = groups.get(dates.group());
        DataDocument edited = document;
        for (ResourceFilter filter : group.filters()) {
            if (filter instanceof ResourceFilter.Days) {
                edited = edited.withoutFilter(dates.group(), filter.name());
            }
        }
        DataProfile.DateElement element =
                profiles.find(group.profile()).map(DataProfile::date).orElse(null);
        if (element == null || (dates.first() == null && dates.last() == null)) {
            return edited;
        }
        return edited.withFilter(dates.group(), new ResourceFilter.Days(element.name(), dates.first(), dates.last()));
    }
}
