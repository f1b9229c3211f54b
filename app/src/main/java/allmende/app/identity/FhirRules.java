package allmende.app.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a caller may send a request to a door over FHIR, judged by method, path and names of parameters alone. The doors
 * ask for more where they know more: for each entry of a bundle, each type of an export. Pure.
 */
final class FhirRules {

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]+");
    private static final Set<String> PUBLIC = Set.of("metadata", ".well-known", "$versions");
    private static final String HISTORY = "_history";
    /** What a patient may ask by: nothing that reaches over to others' data. */
    private static final Set<String> OWN_PARAMETERS = Set.of(
            "_count",
            "_sort",
            "_elements",
            "_summary",
            "_format",
            "_lastUpdated",
            "_since",
            "_type",
            "_total",
            "category",
            "clinical-status",
            "code",
            "date",
            "status");

    private FhirRules() {}

    /** Whether everybody may ask this: what the site can do, not what it holds. */
    static boolean isPublic(List<String> path) {
        return !path.isEmpty() && PUBLIC.contains(path.getFirst());
    }

    /**
     * What stands against it, a sentence for the caller; nothing where nothing does.
     *
     * @param method method of HTTP in capitals
     * @param path segments after {@code /fhir}
     * @param parameters names of the parameters in the address
     */
    static Optional<String> refusal(Caller caller, String method, List<String> path, Collection<String> parameters) {
        if (isPublic(path)) {
            return Optional.empty();
        }
        if (caller.patient() != null) {
            return ownRefusal(caller, method, path, parameters);
        }
        if (path.isEmpty()) {
            return method.equals("POST") ? anything(caller) : needs(caller, Scope.Act.SEARCH, Scope.ANY);
        }
        String first = path.getFirst();
        if (first.equals("$export")) {
            return export(caller);
        }
        if (first.equals(HISTORY) || first.equals("_search")) {
            return needs(caller, Scope.Act.SEARCH, Scope.ANY);
        }
        return TYPE.matcher(first).matches() ? ofType(caller, method, path) : anything(caller);
    }

    private static Optional<String> ofType(Caller caller, String method, List<String> path) {
        String type = path.getFirst();
        if (path.getLast().equals("$export")) {
            return export(caller);
        }
        if (isAccessLog(method, path) && caller.has(SiteRights.ACCESS_LOG)) {
            return Optional.empty();
        }
        if (type.equals("ViewDefinition") && path.getLast().equals("$run")) {
            return anything(caller); // the door asks for the type that the view is over
        }
        if (path.stream().skip(1).anyMatch(segment -> segment.startsWith("$"))) {
            return needs(caller, Scope.Act.READ, type);
        }
        if (path.size() == 1 || path.get(1).startsWith("_")) {
            return needs(caller, ofTypeAct(method, path.size() == 1), type);
        }
        if (path.size() > 2 && !path.get(2).equals(HISTORY)) {
            String inside = path.get(2);
            return needs(caller, Scope.Act.SEARCH, inside.equals(Scope.ANY) ? Scope.ANY : inside);
        }
        return needs(caller, ofInstanceAct(method), type);
    }

    /** Reading AuditEvents: who may see the access log sees it there. */
    private static boolean isAccessLog(String method, List<String> path) {
        return method.equals("GET")
                && path.getFirst().equals("AuditEvent")
                && (path.size() == 1 || (path.size() == 2 && path.get(1).matches("[0-9A-Za-z.-]+")));
    }

    private static Scope.Act ofTypeAct(String method, boolean typeAlone) {
        if (!typeAlone) {
            return Scope.Act.SEARCH;
        }
        return switch (method) {
            case "POST" -> Scope.Act.CREATE;
            case "PUT", "PATCH" -> Scope.Act.UPDATE;
            case "DELETE" -> Scope.Act.DELETE;
            default -> Scope.Act.SEARCH;
        };
    }

    private static Scope.Act ofInstanceAct(String method) {
        return switch (method) {
            case "PUT", "PATCH" -> Scope.Act.UPDATE;
            case "DELETE" -> Scope.Act.DELETE;
            default -> Scope.Act.READ;
        };
    }

    private static Optional<String> needs(Caller caller, Scope.Act act, String type) {
        return caller.may(act, type) ? Optional.empty() : Optional.of(caller.missing(act, type));
    }

    private static Optional<String> export(Caller caller) {
        return caller.mayExport() ? Optional.empty() : Optional.of(caller.missing(Scope.Act.READ, Scope.ANY));
    }

    /** Bundles and operations on the whole system: the doors ask for each part; here for anything at all. */
    private static Optional<String> anything(Caller caller) {
        boolean any = caller.kind() == Caller.Kind.MACHINE
                || caller.mayRead(Scope.ANY)
                || caller.may(Scope.Act.CREATE, Scope.ANY);
        return any ? Optional.empty() : Optional.of(caller.missing(Scope.Act.READ, Scope.ANY));
    }

    /** The patient's own resource, all that belongs to it, and a list of one type of that. */
    private static Optional<String> ownRefusal(
            Caller caller, String method, List<String> path, Collection<String> parameters) {
        boolean own = method.equals("GET")
                && caller.mayRead("Patient")
                && path.size() >= 2
                && path.getFirst().equals("Patient")
                && path.get(1).equals(caller.patient())
                && path.size() <= 3
                && (path.size() == 2
                        || path.get(2).equals("$everything")
                        || TYPE.matcher(path.get(2)).matches())
                && OWN_PARAMETERS.containsAll(parameters);
        return own
                ? Optional.empty()
                : Optional.of("This account may read Patient/" + caller.patient() + ", what belongs to it by"
                        + " $everything, and lists such as Patient/" + caller.patient()
                        + "/Observation; nothing else.");
    }
}
