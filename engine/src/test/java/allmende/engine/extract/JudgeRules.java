package allmende.engine.extract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The judge's rules about one resource and one group. */
final class JudgeRules {

    private JudgeRules() {}

    /** A resource, maybe inside of another one. */
    record Thing(ObjectNode resource, @Nullable ObjectNode container) {
        String name() {
            return resource.path("resourceType").asString("") + "/"
                    + resource.path("id").asString("");
        }

        ObjectNode root() {
            return container == null ? resource : container;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A resource as a member of a group. */
    record Member(Thing thing, JsonNode group) {
        String id() {
            return group.path("id").asString("");
        }

        List<String> linked(JsonNode attribute) {
            return JudgeProfiles.texts(attribute.path("linkedGroups"));
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    static @Nullable String refusal(JsonNode resource, JsonNode group) {
        JsonNode profile = profile(group);
        List<String> claims = JudgeProfiles.texts(profile.path("claims"));
        boolean claimed = JudgeProfiles.texts(resource.path("meta").path("profile")).stream()
                .anyMatch(url -> claims.contains(url.replaceFirst("\\|.*", "")));
        return claimed || type(group).equals("Patient") ? fits(resource, group) : "profile-not-claimed";
    }

    static @Nullable String fits(JsonNode resource, JsonNode group) {
        JsonNode profile = profile(group);
        if (!type(group).equals("Patient")) {
            boolean anyCode = false;
            boolean oneHolds = false;
            boolean daysHold = true;
            for (JsonNode filter : group.path("filter").values()) {
                List<JsonNode> values = new ArrayList<>();
                for (String element : JudgeProfiles.texts(
                        profile.path("searched").path(filter.path("name").asString("")))) {
                    values.addAll(JudgeFields.find(resource, profile, element, false));
                }
                if (filter.path("type").asString("").equals("token")) {
                    anyCode = true;
                    oneHolds |= values.stream().anyMatch(value -> hasCode(value, filter.path("codes")));
                } else {
                    daysHold &= values.stream().anyMatch(value -> touches(value, filter));
                }
            }
            if (anyCode && !oneHolds) {
                return "filter-code";
            }
            if (!daysHold) {
                return "filter-date";
            }
        }
        for (JsonNode attribute : group.path("attributes").values()) {
            if (attribute.path("mustHave").asBoolean(false)
                    && JudgeFields.find(
                                    resource,
                                    profile,
                                    attribute.path("attributeRef").asString(""),
                                    true)
                            .isEmpty()) {
                return "field-missing";
            }
        }
        return null;
    }

    static boolean hasCode(JsonNode value, JsonNode codes) {
        for (JsonNode coding : value.has("coding") ? value.path("coding").values() : List.of(value)) {
            for (JsonNode code : codes.values()) {
                if (JudgeFields.present(coding.path("system").asString(""))
                                .equals(JudgeFields.present(code.path("system").asString("")))
                        && JudgeProfiles.below(
                                code.path("code").asString(""),
                                coding.path("code").asString(""))) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean touches(JsonNode value, JsonNode filter) {
        JudgeConsent.Days days = JudgeConsent.days(value);
        JudgeConsent.Days wanted = JudgeConsent.days(filter);
        return days != null
                && wanted != null
                && !days.first().isAfter(wanted.last())
                && !days.last().isBefore(wanted.first());
    }

    static List<String> literals(Member member, JsonNode attribute) {
        List<String> literals = new ArrayList<>();
        if (!member.linked(attribute).isEmpty()) {
            JudgeFields.find(
                            member.thing().resource(),
                            profile(member.group()),
                            attribute.path("attributeRef").asString(""),
                            false)
                    .stream()
                    .filter(each -> each.has("reference"))
                    .forEach(each -> literals.add(each.path("reference").asString("")));
        }
        return literals;
    }

    /** Type and id of a reference to a resource of this site. */
    static @Nullable String here(String literal) {
        String relative = literal.startsWith(RandomWard.BASE) ? literal.substring(RandomWard.BASE.length()) : literal;
        String plain = relative.replaceFirst("/_history/.*", "");
        return plain.matches("[A-Z][A-Za-z]*/[A-Za-z0-9.-]+") ? plain : null;
    }

    static @Nullable String owner(JsonNode resource) {
        if (resource.path("resourceType").asString("").equals("Patient")) {
            return "Patient/" + resource.path("id").asString("");
        }
        String literal = (resource.has("patient") ? resource.path("patient") : resource.path("subject"))
                .path("reference")
                .asString("");
        String named = here(literal);
        return named != null && named.startsWith("Patient/") ? named : null;
    }

    static JsonNode profile(JsonNode group) {
        return JudgeProfiles.ALL.getOrDefault(group.path("groupReference").asString(""), MissingNode.getInstance());
    }

    static String type(JsonNode group) {
        return profile(group).path("type").asString("");
    }

    static boolean isShared(JsonNode group) {
        return type(group).equals("Medication");
    }

    static boolean only(JsonNode group) {
        return group.path("includeReferenceOnly").asBoolean(false);
    }

    static boolean must(JsonNode group) {
        for (JsonNode attribute : group.path("attributes").values()) {
            if (attribute.path("mustHave").asBoolean(false)) {
                return true;
            }
        }
        return false;
    }
}
