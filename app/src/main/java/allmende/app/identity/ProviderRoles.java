package allmende.app.identity;

import allmende.core.cohort.Problem;
import allmende.core.disclosure.RulesRead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which roles a provider gives, by the values of one claim about a person. At each login the provider decides about the
 * roles that are named here; all others stay as an administrator has given them.
 *
 * @param claim name of the claim; dots lead into objects, such as {@code realm_access.roles}
 * @param byValue the role that each value of the claim gives
 * @param patientClaim name of the claim with the id of the Patient resource that the person is; empty for none
 */
public record ProviderRoles(String claim, Map<String, Role> byValue, String patientClaim) {

    private static final String CLAIM = "claim";
    private static final String ROLES = "roles";
    private static final String PATIENT = "patient";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    /** The provider decides about no role. */
    public static final ProviderRoles NONE = new ProviderRoles("groups", Map.of());

    /** Roles of a provider that says of nobody which patient they are. */
    public ProviderRoles(String claim, Map<String, Role> byValue) {
        this(claim, byValue, "");
    }

    /** Copies the map. */
    public ProviderRoles {
        byValue = Map.copyOf(byValue);
    }

    /** The roles of somebody who has these ones and about whom the provider claims this. */
    Set<Role> after(Collection<Role> before, Map<String, Object> claims) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(before);
        roles.removeAll(byValue.values());
        values(claim, claims).forEach(value -> {
            Role role = byValue.get(value);
            if (role != null) {
                roles.add(role);
            }
        });
        return roles;
    }

    /** The id of the Patient resource that somebody is of whom the provider claims this. */
    Optional<String> patient(Map<String, Object> claims) {
        return patientClaim.isEmpty()
                ? Optional.empty()
                : values(patientClaim, claims).stream()
                        .filter(id -> ID.matcher(id).matches())
                        .findFirst();
    }

    private static List<String> values(String claim, Map<String, Object> claims) {
        Object found = claims.get(claim);
        if (found == null) {
            found = claims;
            for (String step : claim.split("\\.")) {
                found = found instanceof Map<?, ?> object ? object.get(step) : null;
            }
        }
        return switch (found) {
            case String one -> List.of(one);
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /**
     * Reads {@code {"claim": "groups", "roles": {"value": "coordination"}}}; roles are written in small letters with
     * hyphens. At a site {@code "patient"} may name the claim that says which Patient resource somebody is.
     */
    public static RulesRead<ProviderRoles> read(byte[] file) {
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(file);
        } catch (JacksonException e) {
            return invalid("", "This is no JSON.");
        }
        String claim = tree.path(CLAIM).asString("");
        if (claim.isBlank()) {
            return invalid("/" + CLAIM, "Name the claim that tells the roles.");
        }
        Map<String, Role> byValue = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : tree.path(ROLES).properties()) {
            Role role = Role.ofWritten(entry.getValue().asString("")).orElse(null);
            if (role == null) {
                List<String> known = new ArrayList<>();
                for (Role each : Role.values()) {
                    known.add(each.written());
                }
                return invalid("/" + ROLES + "/" + entry.getKey(), "Roles are: " + String.join(", ", known) + ".");
            }
            byValue.put(entry.getKey(), role);
        }
        return new RulesRead.Valid<>(
                new ProviderRoles(claim, byValue, tree.path(PATIENT).asString("")));
    }

    /** As {@link #read} reads it. */
    public JsonNode write() {
        var tree = JsonNodeFactory.instance.objectNode().put(CLAIM, claim);
        if (!patientClaim.isEmpty()) {
            tree.put(PATIENT, patientClaim);
        }
        var roles = tree.putObject(ROLES);
        byValue.forEach((value, role) -> roles.put(value, role.written()));
        return tree;
    }

    private static RulesRead<ProviderRoles> invalid(String pointer, String message) {
        return new RulesRead.Invalid<>(List.of(new Problem(pointer, message)));
    }
}
