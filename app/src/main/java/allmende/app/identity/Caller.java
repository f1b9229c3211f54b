package allmende.app.identity;

import allmende.app.audit.Access;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls a door over FHIR, and what they may do there.
 *
 * @param name name of the account, id of the machine, or a word for the others
 * @param kind what the caller is
 * @param roles what a person is here; empty for others
 * @param scopes what a machine's token is good for; empty for others
 * @param patient id of the one patient whose compartment the caller may see and nothing besides; null for no such limit
 * @param address where the call came from
 */
public record Caller(
        String name,
        Kind kind,
        Set<Role> roles,
        Set<Scope> scopes,
        @Nullable String patient,
        String address) {

    /** Copies the sets. */
    public Caller {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    /** What a caller can be. */
    public enum Kind {
        /** A person with an account. */
        PERSON,
        /** A registered program with a token. */
        MACHINE,
        /** A command on this machine, by the token of this run. */
        THIS_MACHINE,
        /** Anybody, at a site that was started without login. */
        OPEN,
        /** Somebody who has not said who they are; may do nothing. */
        NOBODY
    }

    /** Whether the caller may read resources of this type; {@code *} asks for all types. */
    public boolean mayRead(String type) {
        return may(Scope.Act.READ, type);
    }

    /** Whether the caller may search among resources of this type; {@code *} asks for all types. */
    public boolean maySearch(String type) {
        return may(Scope.Act.SEARCH, type);
    }

    /** Whether the caller may make, change and delete resources of this type; {@link #may} asks for each by itself. */
    public boolean mayWrite(String type) {
        return may(Scope.Act.CREATE, type) && may(Scope.Act.UPDATE, type) && may(Scope.Act.DELETE, type);
    }

    /** Whether the caller may do this with resources of this type; {@code *} asks for all types. */
    public boolean may(Scope.Act act, String type) {
        return switch (kind) {
            case OPEN, THIS_MACHINE -> true;
            case NOBODY -> false;
            case MACHINE -> scopes.stream().anyMatch(scope -> scope.allows(act, type));
            case PERSON -> mayAsPerson(act);
        };
    }

    private boolean mayAsPerson(Scope.Act act) {
        Set<SiteRights> rights = SiteRights.of(roles);
        return switch (act) {
            case READ, SEARCH ->
                rights.contains(SiteRights.READ_DATA) || (rights.contains(SiteRights.READ_OWN_DATA) && patient != null);
            case CREATE, UPDATE, DELETE -> rights.contains(SiteRights.WRITE_DATA);
        };
    }

    /**
     * Whether the caller may start a bulk export at all. A machine may if it may read some type; which types it gets is
     * asked by {@link #mayRead} and {@link #maySearch} of each.
     */
    public boolean mayExport() {
        return switch (kind) {
            case OPEN, THIS_MACHINE -> true;
            case NOBODY -> false;
            case MACHINE -> scopes.stream().anyMatch(scope -> scope.acts().contains(Scope.Act.READ));
            case PERSON -> has(SiteRights.EXPORT_DATA);
        };
    }

    /** Whether the caller is somebody who may do this by role; machines may do nothing by role. */
    public boolean has(SiteRights right) {
        return switch (kind) {
            case OPEN, THIS_MACHINE -> right != SiteRights.ACCESS_LOG;
            case PERSON -> SiteRights.of(roles).contains(right);
            case MACHINE, NOBODY -> false;
        };
    }

    /** What is missing for an act, one sentence for the caller. */
    public String missing(Scope.Act act, String type) {
        return switch (kind) {
            case MACHINE -> "The token lacks the scope " + new Scope(type, Set.of(act)).written() + ".";
            case PERSON ->
                patient == null || act != Scope.Act.READ
                        ? "The roles of this account do not allow this. Ask the engineer of the site for another role."
                        : "This account may see the data of its own patient only.";
            case NOBODY -> "Log in, or show a token.";
            case OPEN, THIS_MACHINE -> "This is not allowed.";
        };
    }

    /** The caller as the access log names it. */
    public Access.Who who() {
        List<String> written = roles.stream().map(Role::written).sorted().toList();
        return new Access.Who(name, Access.Who.Kind.valueOf(kind.name()), written, address);
    }
}
