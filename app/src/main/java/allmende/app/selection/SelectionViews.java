package allmende.app.selection;

import allmende.app.concepts.SystemNames;
import allmende.app.portal.Question;
import allmende.core.cohort.ProblemText;
import allmende.core.document.DataDocument;
import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.ExtractionRead;
import allmende.core.extraction.ResourceFilter;
import allmende.core.profile.DataProfile;
import allmende.core.profile.DataProfile.CodeElement;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the page's view of a document. */
final class SelectionViews {

    private final Profiles profiles;
    private final CodeNames names;
    private final Locale language;

    SelectionViews(Profiles profiles, CodeNames names, Locale language) {
        this.profiles = profiles;
        this.names = names;
        this.language = language;
    }

    SelectionView of(Question question, DataDocument document) {
        ExtractionRead read = document.extraction();
        List<AttributeGroup> groups = read.extraction().groups();
        return new SelectionView(
                question.id(),
                question.name(),
                question.revision(),
                question.undoable(),
                question.redoable(),
                Delivery.of(groups, profiles),
                groups(groups),
                modules(groups),
                groups.isEmpty()
                        ? List.of()
                        : read.problems().stream()
                                .map(problem ->
                                        new SelectionView.Trouble(problem.pointer(), ProblemText.of(problem, language)))
                                .toList());
    }

    private List<SelectionView.Group> groups(List<AttributeGroup> groups) {
        List<SelectionView.Group> views = new ArrayList<>();
        for (int index = 0; index < groups.size(); index++) {
            views.add(group(index, groups));
        }
        return views;
    }

    private SelectionView.Group group(int index, List<AttributeGroup> all) {
        AttributeGroup group = all.get(index);
        Optional<DataProfile> profile = profiles.find(group.profile());
        return new SelectionView.Group(
                index,
                group.id(),
                group.name(),
                group.profile(),
                profile.map(known -> known.description().in(language)).orElse(""),
                profile.isPresent(),
                profile.filter(DataProfile::isPatient).isEmpty() || patients(all) > 1,
                group.includeReferenceOnly(),
                group.attributes().stream()
                        .map(attribute -> chosen(attribute, profile, all))
                        .toList(),
                profile.map(known -> others(known, group)).orElse(List.of()),
                codes(profile, group),
                profile.map(known -> dates(known, group)).orElse(null));
    }

    private long patients(List<AttributeGroup> groups) {
        return groups.stream()
                .filter(group -> profiles.find(group.profile())
                        .filter(DataProfile::isPatient)
                        .isPresent())
                .count();
    }

    private SelectionView.Field chosen(
            Attribute attribute, Optional<DataProfile> profile, List<AttributeGroup> groups) {
        ProfileField field =
                profile.flatMap(known -> known.field(attribute.element())).orElse(null);
        if (field == null) {
            return new SelectionView.Field(
                    attribute.element(),
                    attribute.element(),
                    "",
                    null,
                    "",
                    false,
                    attribute.mustHave(),
                    links(
                            attribute,
                            groups,
                            groups.stream().map(AttributeGroup::profile).toList()),
                    List.of(),
                    false);
        }
        boolean loose =
                field.type().equals("Reference") && attribute.linkedGroups().isEmpty();
        return view(
                field,
                attribute.mustHave(),
                field.isReference() ? links(attribute, groups, field.targets()) : List.of(),
                loose);
    }

    private List<SelectionView.Link> links(Attribute attribute, List<AttributeGroup> groups, List<String> targets) {
        return groups.stream()
                .filter(group -> attribute.linkedGroups().contains(group.id()) || fits(group, targets))
                .map(group -> new SelectionView.Link(
                        group.id(), group.name(), attribute.linkedGroups().contains(group.id())))
                .toList();
    }

    private boolean fits(AttributeGroup group, List<String> targets) {
        String url = profiles.find(group.profile()).map(DataProfile::url).orElse(group.profile());
        return targets.contains(url);
    }

    private List<SelectionView.Field> others(DataProfile profile, AttributeGroup group) {
        List<String> taken = group.attributes().stream().map(Attribute::element).toList();
        return profile.fields().stream()
                .filter(field -> !taken.contains(field.path()))
                .map(field -> view(field, false, List.of(), false))
                .toList();
    }

    private SelectionView.Field view(
            ProfileField field, boolean mustHave, List<SelectionView.Link> links, boolean loose) {
        List<SelectionView.Target> targets = field.targets().stream()
                .map(profiles::find)
                .flatMap(Optional::stream)
                .map(profile ->
                        new SelectionView.Target(profile.url(), profile.title().in(language)))
                .toList();
        return new SelectionView.Field(
                field.path(),
                field.title().in(language),
                field.description().in(language),
                field.identifying(),
                field.reason().in(language),
                field.required(),
                mustHave,
                links,
                targets,
                loose);
    }

    /** The declared elements, and those that the document restricts besides. */
    private List<SelectionView.Codes> codes(Optional<DataProfile> profile, AttributeGroup group) {
        List<SelectionView.Codes> views = new ArrayList<>();
        List<CodeElement> declared = profile.map(DataProfile::codes).orElse(List.of());
        for (CodeElement element : declared) {
            views.add(new SelectionView.Codes(
                    element.name(),
                    element.title().in(language),
                    restriction(group, element.name(), element.context()),
                    element.systems().stream()
                            .map(uri -> new SelectionView.CodeSystem(uri, SystemNames.of(uri)))
                            .toList(),
                    names.searchable(element)));
        }
        group.filters().stream()
                .filter(ResourceFilter.Codes.class::isInstance)
                .map(ResourceFilter::name)
                .distinct()
                .filter(name ->
                        declared.stream().noneMatch(element -> element.name().equals(name)))
                .forEach(name -> views.add(
                        new SelectionView.Codes(name, name, restriction(group, name, null), List.of(), false)));
        return views;
    }

    private List<SelectionView.Code> restriction(AttributeGroup group, String name, @Nullable String context) {
        return group.filters().stream()
                .filter(filter -> filter.name().equals(name))
                .filter(ResourceFilter.Codes.class::isInstance)
                .flatMap(filter -> ((ResourceFilter.Codes) filter).codes().stream())
                .map(coding ->
                        new SelectionView.Code(coding.system(), coding.code(), names.of(coding, context, language)))
                .toList();
    }

    private SelectionView.@Nullable Dates dates(DataProfile profile, AttributeGroup group) {
        DataProfile.DateElement element = profile.date();
        if (element == null) {
            return null;
        }
        for (ResourceFilter filter : group.filters()) {
            if (filter instanceof ResourceFilter.Days(String name, LocalDate first, LocalDate last)) {
                return new SelectionView.Dates(
                        element.title().in(language), Objects.toString(first, ""), Objects.toString(last, ""));
            }
        }
        return new SelectionView.Dates(element.title().in(language), "", "");
    }

    private List<SelectionView.Module> modules(List<AttributeGroup> groups) {
        return profiles.modules().stream()
                .map(module -> new SelectionView.Module(
                        module,
                        profiles.ofModule(module).stream()
                                .map(profile -> choice(profile, groups))
                                .toList()))
                .toList();
    }

    private SelectionView.Choice choice(DataProfile profile, List<AttributeGroup> groups) {
        int times = (int) groups.stream()
                .filter(group ->
                        profiles.find(group.profile()).filter(profile::equals).isPresent())
                .count();
        return new SelectionView.Choice(
                profile.url(),
                profile.title().in(language),
                profile.description().in(language),
                times);
    }
}
