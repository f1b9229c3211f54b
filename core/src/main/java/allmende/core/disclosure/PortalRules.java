package allmende.core.disclosure;

import tools.jackson.databind.node.ObjectNode;

/**
 * A portal's rules on top of what sites release.
 *
 * @param totalHiddenBelow a total below this is not shown
 * @param breakdownFromSites the sites' own numbers are shown only if so many sites report a count
 * @param questionsPerMinute more than this have to wait
 * @param questionsPerWeek more than this lock the account until a person unlocks it
 */
public record PortalRules(long totalHiddenBelow, int breakdownFromSites, int questionsPerMinute, int questionsPerWeek) {

    /** The defaults of the national portal. */
    public static final PortalRules DEFAULT = new PortalRules(20, 3, 3, 50);

    public PortalRules {
        if (totalHiddenBelow < 0 || breakdownFromSites < 1 || questionsPerMinute < 1 || questionsPerWeek < 1) {
            throw new IllegalArgumentException("the portal's rules are positive numbers");
        }
    }

    /** Reads rules; keys that are left out have their defaults. */
    public static RulesRead<PortalRules> read(byte[] json) {
        return Fields.read(json, RulesReader::portal);
    }

    /** Writes the rules with every key, for people to edit. */
    public ObjectNode write() {
        ObjectNode json = Fields.object();
        json.put("totalHiddenBelow", totalHiddenBelow);
        json.put("breakdownFromSites", breakdownFromSites);
        json.put("questionsPerMinute", questionsPerMinute);
        json.put("questionsPerWeek", questionsPerWeek);
        return json;
    }
}
