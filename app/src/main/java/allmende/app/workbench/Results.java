package allmende.app.workbench;

import allmende.app.portal.Ask;
import allmende.app.portal.Asking;
import allmende.app.portal.SiteResult;
import allmende.core.disclosure.CountryAnswer;
import allmende.core.disclosure.CountryAnswers;
import allmende.core.disclosure.PortalRules;
import java.util.List;

/** What has come to an ask, under the portal's rules. Nothing else of the sites' answers reaches a page. */
final class Results {

    private final Desk desk;
    private final Asking asking;
    private final PortalRules rules;

    Results(Desk desk, Asking asking, PortalRules rules) {
        this.desk = desk;
        this.asking = asking;
        this.rules = rules;
    }

    PortalRules rules() {
        return rules;
    }

    List<SiteResult> sites(Ask ask) {
        return asking.results(ask);
    }

    CountryAnswer country(Ask ask) {
        return country(sites(ask));
    }

    CountryAnswer country(List<SiteResult> sites) {
        return new CountryAnswers(rules)
                .of(sites.stream().map(SiteResult::reply).toList());
    }

    /** Who asked. */
    String name(long account) {
        return desk.name(account);
    }
}
