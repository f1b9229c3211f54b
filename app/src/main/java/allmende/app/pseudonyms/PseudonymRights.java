package allmende.app.pseudonyms;

import allmende.app.identity.Caller;
import allmende.app.identity.Scope;
import allmende.app.identity.SiteRights;
import java.util.Set;

/** Who may have pseudonyms made, whatever door it comes through. */
public final class PseudonymRights {

    /** The scope that a program needs. */
    public static final String MAKE = new Scope(Scope.PSEUDONYM, Set.of(Scope.Act.CREATE)).written();

    private PseudonymRights() {}

    /** Whether this caller may have pseudonyms made. */
    public static boolean mayMake(Caller caller) {
        return switch (caller.kind()) {
            case MACHINE -> caller.may(Scope.Act.CREATE, Scope.PSEUDONYM);
            case PERSON -> caller.has(SiteRights.PSEUDONYMS);
            case OPEN, THIS_MACHINE -> true;
            case NOBODY -> false;
        };
    }
}
