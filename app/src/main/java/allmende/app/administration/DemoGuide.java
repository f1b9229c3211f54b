package allmende.app.administration;

import java.util.List;

/**
 * What a portal that is a demo tells its visitors: ready accounts, and a tour.
 *
 * @param accounts accounts to log in with
 * @param steps the tour, in order
 */
public record DemoGuide(List<ReadyAccount> accounts, List<Step> steps) {

    /** Copies the lists. */
    public DemoGuide {
        accounts = List.copyOf(accounts);
        steps = List.copyOf(steps);
    }

    /**
     * An account that everybody may use.
     *
     * @param name what to log in with
     * @param password the same, openly
     * @param role what it may do, such as "Researcher"
     * @param hint what to try with it
     * @param url where to log in, a whole address for another party or {@code /login} for this one
     */
    public record ReadyAccount(String name, String password, Wording role, Wording hint, String url) {}

    /**
     * One step of the tour.
     *
     * @param link where it takes place: a path of this portal or a whole address
     * @param account name of the account to be logged in with; empty where none is needed
     */
    public record Step(Wording title, Wording text, String link, String account) {}
}
