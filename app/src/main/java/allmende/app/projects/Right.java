package allmende.app.projects;

import allmende.app.identity.Caller;
import allmende.app.identity.Role;
import allmende.app.identity.SiteRights;
import java.util.Optional;

/** Who may do what with projects. Acts want a person, whoever may see: somebody has to answer for them. */
final class Right {

    private Right() {}

    /** Why somebody may not request, check or build; nothing where they may. */
    static Optional<Outcome> toBuild(Caller caller) {
        return to(caller, SiteRights.PROJECT_BUILDS);
    }

    /** Why somebody may not approve, send off or revoke; nothing where they may. */
    static Optional<Outcome> toDecide(Caller caller) {
        return to(caller, SiteRights.PROJECT_DECISIONS);
    }

    /** Why somebody may not see by id what was left out; nothing where they may. */
    static Optional<Outcome> toSeeLeftOut(Caller caller) {
        return to(caller, SiteRights.EXCLUSIONS);
    }

    private static Optional<Outcome> to(Caller caller, SiteRights right) {
        if (caller.kind() != Caller.Kind.PERSON) {
            return Optional.of(Outcome.refused("login"));
        }
        return caller.has(right) ? Optional.empty() : Optional.of(Outcome.refused("right"));
    }

    static boolean isTransferOffice(Caller caller) {
        return caller.kind() == Caller.Kind.PERSON && caller.roles().contains(Role.TRANSFER_OFFICE);
    }
}
