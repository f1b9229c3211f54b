package allmende.core.extraction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an extraction does for one attribute group. Immutable and thread-safe. */
public final class GroupPlan {

    /**
     * A field that is looked at before anything is handed out.
     *
     * @param element where it is
     * @param mustHave whether it must be there
     * @param links indexes of the groups that it may refer to
     */
    record Field(ElementRef element, boolean mustHave, List<Integer> links) {
        Field {
            links = List.copyOf(links);
        }
    }

    private final int index;
    private final AttributeGroup group;
    private final ProfileShape shape;
    private final GroupFilter filter;
    private final List<Field> fields;
    private final Keep keep;

    GroupPlan(int index, AttributeGroup group, ProfileShape shape, GroupFilter filter, List<Field> fields) {
        this.index = index;
        this.group = group;
        this.shape = shape;
        this.filter = filter;
        this.fields = List.copyOf(fields);
        this.keep = Keep.of(shape, fields.stream().map(Field::element).toList());
    }

    /** Its place among the groups, from 0. */
    public int index() {
        return index;
    }

    /** Its id. */
    public String id() {
        return group.id();
    }

    /** The profile that its resources are handed out by, as the document names it, without a version. */
    public String profile() {
        int bar = group.profile().indexOf('|');
        return bar < 0 ? group.profile() : group.profile().substring(0, bar);
    }

    /** The type of its resources. */
    public String type() {
        return shape.type();
    }

    /** Whether resources are wanted only as targets of references. */
    public boolean referenceOnly() {
        return group.includeReferenceOnly();
    }

    /** Whether it has a field that must be there. */
    public boolean hasMust() {
        return fields.stream().anyMatch(Field::mustHave);
    }

    /** Whether a resource claims the profile, or one that derives from it. A Patient needs to claim nothing. */
    public boolean claimedBy(JsonNode resource) {
        if (shape.type().equals("Patient")) {
            return true;
        }
        for (JsonNode profile : resource.path("meta").path("profile").values()) {
            String url = profile.asString("");
            int bar = url.indexOf('|');
            if (shape.accepted().contains(bar < 0 ? url : url.substring(0, bar))) {
                return true;
            }
        }
        return false;
    }

    /** The rule by which a resource of the profile is none of the group's; null where it is one. */
    public @Nullable ExclusionRule refuses(JsonNode resource) {
        ExclusionRule rule = filter.refuses(resource);
        if (rule != null) {
            return rule;
        }
        for (Field field : fields) {
            if (field.mustHave() && !field.element().exists(resource)) {
                return ExclusionRule.FIELD_MISSING;
            }
        }
        return null;
    }

    /** A link that a resource has by one of the group's fields. */
    @FunctionalInterface
    public interface LinkReader {
        /**
         * Hears one.
         *
         * @param field number of the field
         * @param literal the literal reference as it stands there
         */
        void link(int field, String literal);
    }

    /** Hands over the literal references at the group's linked fields. */
    public void links(JsonNode resource, LinkReader reader) {
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).links().isEmpty()) {
                for (JsonNode node : fields.get(i).element().in(resource)) {
                    int field = i;
                    allmende.core.fhir.References.forEachLiteral(node, literal -> reader.link(field, literal));
                }
            }
        }
    }

    /** Numbers of the fields that are links and must lead somewhere. */
    public List<Integer> mustLinks() {
        List<Integer> must = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).mustHave() && !fields.get(i).links().isEmpty()) {
                must.add(i);
            }
        }
        return must;
    }

    /** Indexes of the groups that a field refers to. */
    public List<Integer> targets(int field) {
        return fields.get(field).links();
    }

    /** Whether any field is a link. */
    public boolean hasLinks() {
        return fields.stream().anyMatch(field -> !field.links().isEmpty());
    }

    Keep keep() {
        return keep;
    }

    ProfileShape shape() {
        return shape;
    }
}
