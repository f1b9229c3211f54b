package allmende.app.workbench;

import allmende.app.identity.Account;
import allmende.app.identity.QuotaDesk.Quota;
import allmende.app.portal.AccountBudget;
import allmende.app.portal.Ask;
import allmende.app.portal.Asking;
import allmende.core.disclosure.CountryAnswer.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws what asking costs, and what was asked before. */
final class AskViews {

    private final Asking asking;
    private final Results results;

    AskViews(Asking asking, Results results) {
        this.asking = asking;
        this.results = results;
    }

    /**
     * What asking costs.
     *
     * @param cost ε of a question; null where no site has said what it costs
     * @param obstacle why this person can't ask now; null where they can
     */
    record Panel(
            int sites,
            @Nullable String cost,
            String capacity,
            String rest,
            int used,
            int max,
            @Nullable String obstacle) {}

    /** An earlier ask. */
    record Entry(int number, String at, String total, String asker) {}

    Panel panel(Account account, EditorView view, Words words) {
        AccountBudget budget = asking.budget(account);
        Quota quota = asking.quota(account);
        int sites = asking.sites().size();
        return new Panel(
                sites,
                budget.epsilon() > 0 ? words.decimal(budget.epsilon()) : null,
                words.decimal(budget.capacity()),
                words.decimal(budget.remaining()),
                quota.usedThisWeek(),
                quota.weekMax(),
                obstacle(account, view, quota, sites, words));
    }

    private static @Nullable String obstacle(Account account, EditorView view, Quota quota, int sites, Words words) {
        if (!view.askable()) {
            return words.say("workbench.ask.not.empty");
        }
        if (!account.affiliationConfirmed()) {
            return words.say("workbench.ask.not.affiliation");
        }
        if (quota.locked()) {
            return words.say("workbench.ask.not.locked", quota.weekMax());
        }
        return sites == 0 ? words.say("workbench.ask.not.sites") : null;
    }

    List<Entry> history(List<Ask> asks, Words words) {
        return asks.stream()
                .map(ask -> new Entry(
                        ask.number(),
                        words.at(ask.asked()),
                        figure(results.country(ask).total(), words),
                        results.name(ask.account())))
                .toList();
    }

    /** A number over all sites, or why there is none, in few words. */
    static String figure(Figure figure, Words words) {
        return switch (figure) {
            case Figure.Sum(var value, var plusMinus, var _) ->
                words.say("workbench.figure.sum", words.number(value), words.number(plusMinus));
            case Figure.Zero _ -> words.say("workbench.figure.zero");
            case Figure.Hidden(var below) -> words.say("workbench.figure.hidden", words.number(below));
            case Figure.None _ -> words.say("workbench.figure.none");
        };
    }
}
