package allmende.core.extraction;

import allmende.core.cohort.Place;
import allmende.core.cohort.Problem;
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
            departure(root.at("version"), "The newest form has the version \"1\".");
        }
        Place extraction = root.at("dataExtraction");
        Place list = extraction.at("attributeGroups");
        if (!extraction.object("The data selection's part dataExtraction")) {
            return List.of();
        }
        if (list.withoutItems()) {
            list.problem("A data selection needs at least one group of fields.");
        }
        List<Place> places = list.items();
        if (places.size() > MAX_GROUPS) {
            list.problem("A data selection may have at most " + MAX_GROUPS + " groups.");
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
            departure(place.at("id"), "The newest form gives each group an id.");
            id = freeId(number, taken);
        }
        String name = place.at("name").text();
        if (name == null || name.isBlank()) {
            departure(place.at("name"), "The newest form gives each group a name.");
            name = profile.substring(profile.lastIndexOf('/') + 1);
        } else if (!GroupNames.allowed(name)) {
            departure(
                    place.at("name"),
                    "A name has at most " + GroupNames.MAX_LENGTH
                            + " characters, no space at either end, and is no device of Windows.");
        }
        Place attributes = place.at("attributes");
        if (attributes.withoutItems()) {
            departure(attributes, "A group without fields hands out nothing but the fact that there is a resource.");
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
                problems.add(new Problem(group.pointer() + "/id", "Another group has the id \"" + group.id() + "\"."));
            }
            if (!slugs.add(GroupNames.slug(group.name()))) {
                departures.add(new Problem(
                        group.pointer() + "/name", "Another group's name gives the same file name; choose another."));
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
                        problems.add(new Problem(
                                attribute.pointer() + "/linkedGroups",
                                "There is no group with the id \"" + link + "\"."));
                    }
                }
            }
        }
        groups.stream()
                .filter(group -> group.includeReferenceOnly() && !linked.contains(group.id()))
                .forEach(group -> departures.add(new Problem(
                        group.pointer() + "/includeReferenceOnly",
                        "No field refers to this group, so nothing of it is handed out.")));
    }

    private void departure(Place place, String message) {
        departures.add(new Problem(place.pointer(), message));
    }
}
