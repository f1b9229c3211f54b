package allmende.app.pseudonyms;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.identity.Caller;
import allmende.app.identity.Callers;
import allmende.app.identity.Scope;
import allmende.app.identity.SiteRights;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets callers of the doors do what they may, and keeps the record of what they did; of originals only how many. */
final class DoorWatch {

    private static final int FORBIDDEN = 403;

    private final AccessLog log;

    DoorWatch(AccessLog log) {
        this.log = log;
    }

    /** What a caller needs. */
    enum Need {
        /** To make pseudonyms. */
        MAKE(Scope.PSEUDONYM, Scope.Act.CREATE),
        /** To bring pseudonyms along that somebody else has made. */
        IMPORT(Scope.MAPPING, Scope.Act.CREATE),
        /** To read the pseudonym of an original. */
        READ(Scope.PSEUDONYM, Scope.Act.READ),
        /** To delete or anonymise. */
        DELETE(Scope.PSEUDONYM, Scope.Act.DELETE),
        /** To learn originals; a grant is needed besides. */
        RESOLVE(Scope.ORIGINAL, Scope.Act.READ);

        private final String type;
        private final Scope.Act act;

        Need(String type, Scope.Act act) {
            this.type = type;
            this.act = act;
        }
    }

    /** Who calls now. */
    Caller caller() {
        return Callers.current();
    }

    /**
     * Lets pass who may, if a record can be kept.
     *
     * @throws FhirProblem 403
     */
    void require(Need need, String operation) {
        Caller caller = caller();
        boolean may =
                switch (caller.kind()) {
                    case MACHINE -> caller.may(need.act, need.type);
                    case PERSON -> caller.has(SiteRights.PSEUDONYMS);
                    case OPEN, THIS_MACHINE -> need != Need.RESOLVE && need != Need.IMPORT;
                    case NOBODY -> false;
                };
        if (!may) {
            told(operation, null, 0, FORBIDDEN);
            throw FhirProblem.of(
                    FORBIDDEN,
                    "forbidden",
                    caller.kind() == Caller.Kind.MACHINE
                            ? "The token lacks the scope " + new Scope(need.type, Set.of(need.act)).written() + "."
                            : "This is for people of the trust centre, and for programs that were registered for it.");
        }
        log.require();
    }

    /**
     * Keeps what was done.
     *
     * @param operation without the dollar
     * @param domain name of the domain; null where there is none of the name that was sent
     * @param originals how many originals it was about
     */
    void told(String operation, @Nullable String domain, long originals, int status) {
        log.record(Access.by(caller().who(), Access.Action.OPERATION)
                .on(operation, domain)
                .of(new Access.Patients(List.of(), originals))
                .answered(status));
    }
}
