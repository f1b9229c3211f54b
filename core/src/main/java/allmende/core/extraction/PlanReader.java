package allmende.core.extraction;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans an extraction: finds what is known of its profiles, and notes what can't be carried out. */
final class PlanReader {

    private static final int MINUTES_PER_DAY = 24 * 60;

    private final Extraction extraction;
    private final ProfileElements elements;
    private final Descendants descendants;
    private final List<Problem> problems = new ArrayList<>();

    PlanReader(Extraction extraction, ProfileElements elements, Descendants descendants) {
        this.extraction = extraction;
        this.elements = elements;
        this.descendants = descendants;
    }

    PlanRead read() {
        Map<String, Integer> indexes = new HashMap<>();
        for (AttributeGroup group : extraction.groups()) {
            indexes.put(group.id(), indexes.size());
        }
        List<GroupPlan> groups = new ArrayList<>();
        int patients = 0;
        for (AttributeGroup group : extraction.groups()) {
            Optional<ProfileShape> shape = elements.shape(group.profile());
            if (shape.isEmpty()) {
                problem(group.pointer() + "/groupReference", ProblemCode.UNKNOWN_PROFILE, group.profile());
                continue;
            }
            boolean patient = shape.get().type().equals("Patient");
            patients += patient ? 1 : 0;
            groups.add(new GroupPlan(
                    indexes.getOrDefault(group.id(), 0),
                    group,
                    shape.get(),
                    patient ? new GroupFilter(List.of(), List.of()) : filter(group, shape.get()),
                    fields(group, shape.get(), indexes)));
        }
        if (problems.isEmpty() && patients != 1) {
            problem("/dataExtraction/attributeGroups", ProblemCode.ONE_PATIENT_GROUP);
        }
        return problems.isEmpty() ? new PlanRead.Planned(new ExtractPlan(groups)) : new PlanRead.Refused(problems);
    }

    private List<GroupPlan.Field> fields(AttributeGroup group, ProfileShape shape, Map<String, Integer> indexes) {
        List<GroupPlan.Field> fields = new ArrayList<>();
        for (Attribute attribute : group.attributes()) {
            ElementRef element = ElementRef.of(attribute.element(), shape);
            if (element == null) {
                problem(
                        attribute.pointer() + "/attributeRef",
                        ProblemCode.UNKNOWN_ELEMENT,
                        shape.url(),
                        attribute.element());
                continue;
            }
            List<Integer> links = new ArrayList<>();
            for (String link : attribute.linkedGroups()) {
                Integer target = indexes.get(link);
                if (target != null) {
                    links.add(target);
                }
            }
            fields.add(new GroupPlan.Field(element, attribute.mustHave(), links));
        }
        return fields;
    }

    private GroupFilter filter(AttributeGroup group, ProfileShape shape) {
        List<GroupFilter.CodeTest> codes = new ArrayList<>();
        List<GroupFilter.DayTest> days = new ArrayList<>();
        for (ResourceFilter filter : group.filters()) {
            List<ElementRef> searched = new ArrayList<>();
            for (String id : elements.searched(group.profile(), shape.type(), filter.name())) {
                ElementRef ref = ElementRef.of(id, loose(shape));
                if (ref != null) {
                    searched.add(ref);
                }
            }
            if (searched.isEmpty()) {
                problem(group.pointer() + "/filter", ProblemCode.UNKNOWN_SEARCH, shape.type(), filter.name());
            }
            switch (filter) {
                case ResourceFilter.Codes wanted -> codes.add(new GroupFilter.CodeTest(searched, below(wanted)));
                case ResourceFilter.Days wanted ->
                    days.add(new GroupFilter.DayTest(searched, span(wanted.first(), wanted.last())));
            }
        }
        return new GroupFilter(codes, days);
    }

    /** Search parameters look at elements of the type, whether the profile lists them or not. */
    private static ProfileShape loose(ProfileShape shape) {
        return new ProfileShape(shape.url(), shape.type(), Set.of(), List.of(), Map.of(), Map.of(), Set.of(), null);
    }

    private Set<Coding> below(ResourceFilter.Codes filter) {
        Set<Coding> codes = new HashSet<>();
        for (Coding code : filter.codes()) {
            codes.add(code);
            codes.addAll(descendants.of(code));
        }
        return codes;
    }

    private static TimeSpan span(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new TimeSpan(
                first == null ? TimeSpan.OPEN_START : first.toEpochDay() * MINUTES_PER_DAY,
                last == null ? TimeSpan.OPEN_END : (last.toEpochDay() + 1) * MINUTES_PER_DAY - 1);
    }

    private void problem(String pointer, ProblemCode code, Object... arguments) {
        problems.add(Problem.of(pointer, code, arguments));
    }
}
