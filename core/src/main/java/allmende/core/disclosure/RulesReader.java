package allmende.core.disclosure;

import allmende.core.disclosure.DisclosureRules.Shares;
import java.util.Set;

/** Reads rule files. A key that is left out has its default; one that is unknown is a problem. */
final class RulesReader {

    private static final int MOST_DAYS = 3650;
    private static final double MOST_BUDGET = 100_000;
    private static final int MOST_QUESTIONS = 1_000_000;

    private RulesReader() {}

    static DisclosureRules disclosure(Fields file) {
        DisclosureRules usual = DisclosureRules.DEFAULT;
        file.onlyKeys(Set.of("minimum", "epsilon", "mechanism", "rounding", "delta", "shares", "budget", "statistics"));
        Fields statistics = file.at("statistics");
        statistics.onlyKeys(Set.of("epsilon"));
        return new DisclosureRules(
                whole(file.at("minimum"), 1, DisclosureRules.mostCount(), usual.minimum()),
                epsilon(file.at("epsilon"), usual.epsilon()),
                file.at("mechanism").present()
                        ? file.at("mechanism").constant(DisclosureRules.Kind.values())
                        : usual.mechanism(),
                whole(file.at("rounding"), 1, DisclosureRules.mostCount(), usual.rounding()),
                number(file.at("delta"), DisclosureRules.leastDelta(), DisclosureRules.mostDelta(), usual.delta()),
                shares(file.at("shares"), usual.shares()),
                budget(file.at("budget"), usual.budget()),
                epsilon(statistics.at("epsilon"), usual.statisticsEpsilon()));
    }

    private static double epsilon(Fields field, double usual) {
        return number(field, DisclosureRules.leastEpsilon(), DisclosureRules.mostEpsilon(), usual);
    }

    private static Shares shares(Fields fields, Shares usual) {
        fields.onlyKeys(Set.of("total", "funnel", "criteria", "distribution"));
        int total = whole(fields.at("total"), 1, 100, usual.total());
        int funnel = whole(fields.at("funnel"), 1, 100, usual.funnel());
        int criteria = whole(fields.at("criteria"), 0, 100, usual.criteria());
        int distribution = whole(fields.at("distribution"), 1, 100, usual.distribution());
        if (total + funnel + criteria + distribution != 100) {
            fields.problem("The shares must add up to 100 percent.");
            return usual;
        }
        return new Shares(total, funnel, criteria, distribution);
    }

    private static Budget budget(Fields fields, Budget usual) {
        fields.onlyKeys(Set.of("requester", "portal", "refillDays"));
        return new Budget(
                number(fields.at("requester"), 0, MOST_BUDGET, usual.requester()),
                number(fields.at("portal"), 0, MOST_BUDGET, usual.portal()),
                whole(fields.at("refillDays"), 1, MOST_DAYS, usual.refillDays()));
    }

    static PortalRules portal(Fields file) {
        PortalRules usual = PortalRules.DEFAULT;
        file.onlyKeys(Set.of("totalHiddenBelow", "breakdownFromSites", "questionsPerMinute", "questionsPerWeek"));
        return new PortalRules(
                whole(file.at("totalHiddenBelow"), 0, DisclosureRules.mostCount(), usual.totalHiddenBelow()),
                whole(file.at("breakdownFromSites"), 1, DisclosureRules.mostCount(), usual.breakdownFromSites()),
                whole(file.at("questionsPerMinute"), 1, MOST_QUESTIONS, usual.questionsPerMinute()),
                whole(file.at("questionsPerWeek"), 1, MOST_QUESTIONS, usual.questionsPerWeek()));
    }

    private static double number(Fields field, double least, double most, double usual) {
        return field.present() ? field.number(least, most) : usual;
    }

    private static long whole(Fields field, long least, long most, long usual) {
        return field.present() ? field.whole(least, most) : usual;
    }

    private static int whole(Fields field, long least, long most, int usual) {
        return (int) whole(field, least, most, (long) usual);
    }
}
