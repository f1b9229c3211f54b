package allmende.core.extraction;

import allmende.core.cohort.Place;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the data part of CRTDL documents, of the newest form and of older ones, whose groups have neither id nor name. The
 * cohort definition inside is a CCDL document and is left to its own reader.
 */
public final class CrtdlReader {

    /** Most groups that are read. */
    public static final int MAX_GROUPS = 1_000;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> departures = new ArrayList<>();

    private CrtdlReader() {}

    /** Reads a whole CRTDL document; pointers start at its root. */
    public static ExtractionRead read(JsonNode crtdl) {
        CrtdlReader reader = new CrtdlReader();
        List<AttributeGroup> groups = reader.groups(Place.root(crtdl, reader.problems));
        reader.checkNames(groups);
        reader.checkLinks(groups);
        return new ExtractionRead(new Extraction(groups), reader.problems, reader.departures);
    }

    private List<AttributeGroup> groups(Place root) {
        if (!root.object("The data selection")) {
            return List.of();
        }
        String version = root.at("version").text();
        if (!"1".equals(version)) {
            departure(root.at("version"), ProblemCode.NEWEST_HAS_VERSION);
        }
        Place extraction = root.at("dataExtraction");
        Place list = extraction.at("attributeGroups");
        if (!extraction.object("The data selection's part dataExtraction")) {
            return List.of();
        }
        if (list.withoutItems()) {
            list.problem(ProblemCode.NO_FIELD_GROUP);
        }
        List<Place> places = list.items();
        if (places.size() > MAX_GROUPS) {
            list.problem(ProblemCode.TOO_MANY_FIELD_GROUPS, MAX_GROUPS);
        }
        Set<String> taken = new HashSet<>();
        places.forEach(place -> taken.add(place.at("id").node() == null ? "" : idOf(place)));
        List<AttributeGroup> groups = new ArrayList<>();
        for (Place place : places.subList(0, Math.min(places.size(), MAX_GROUPS))) {
            if (place.object("The group")) {
                groups.add(group(place, groups.size(), taken));
            }
        }
        return groups;
    }

    private static String idOf(Place group) {
        String id = group.at("id").text();
        return id == null ? "" : id;
    }

    private AttributeGroup group(Place place, int number, Set<String> taken) {
        String profile = place.at("groupReference").requiredText("The group's profile");
        String id = idOf(place);
        if (id.isBlank()) {
            departure(place.at("id"), ProblemCode.NEWEST_HAS_GROUP_ID);
            id = freeId(number, taken);
        }
        String name = place.at("name").text();
        if (name == null || name.isBlank()) {
            departure(place.at("name"), ProblemCode.NEWEST_HAS_GROUP_NAME);
            name = profile.substring(profile.lastIndexOf('/') + 1);
        } else if (!GroupNames.allowed(name)) {
            departure(place.at("name"), ProblemCode.GROUP_NAME_RULES, GroupNames.MAX_LENGTH);
        }
        Place attributes = place.at("attributes");
        if (attributes.withoutItems()) {
            departure(attributes, ProblemCode.GROUP_WITHOUT_FIELDS);
        }
        FieldReader fields = new FieldReader(departures);
        return new AttributeGroup(
                id,
                name,
                profile,
                place.at("includeReferenceOnly").flag(),
                fields.attributes(attributes),
                fields.filters(place.at("filter")),
                place.pointer());
    }

    private static String freeId(int number, Set<String> taken) {
        String id = "group-" + (number + 1);
        while (!taken.add(id)) {
            id = id + "-";
        }
        return id;
    }

    private void checkNames(List<AttributeGroup> groups) {
        Set<String> ids = new HashSet<>();
        Set<String> slugs = new HashSet<>();
        for (AttributeGroup group : groups) {
            if (!ids.add(group.id())) {
                problems.add(Problem.of(group.pointer() + "/id", ProblemCode.SAME_GROUP_ID, group.id()));
            }
            if (!slugs.add(GroupNames.slug(group.name()))) {
                departures.add(Problem.of(group.pointer() + "/name", ProblemCode.SAME_FILE_NAME));
            }
        }
    }

    private void checkLinks(List<AttributeGroup> groups) {
        Set<String> ids = new HashSet<>();
        Set<String> linked = new HashSet<>();
        groups.forEach(group -> ids.add(group.id()));
        for (AttributeGroup group : groups) {
            for (Attribute attribute : group.attributes()) {
                for (String link : attribute.linkedGroups()) {
                    linked.add(link);
                    if (!ids.contains(link)) {
                        problems.add(
                                Problem.of(attribute.pointer() + "/linkedGroups", ProblemCode.NO_SUCH_GROUP, link));
                    }
                }
            }
        }
        groups.stream()
                .filter(group -> group.includeReferenceOnly() && !linked.contains(group.id()))
                .forEach(group -> departures.add(
                        Problem.of(group.pointer() + "/includeReferenceOnly", ProblemCode.UNUSED_GROUP)));
    }

    private void departure(Place place, ProblemCode code, Object... arguments) {
        departures.add(Problem.of(place.pointer(), code, arguments));
    }
}
