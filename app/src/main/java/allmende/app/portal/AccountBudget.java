package allmende.app.portal;

/**
 * What an account can still ask, in ε.
 *
 * @param epsilon what a question costs at a site at most
 * @param capacity the most that can be left at a site; the least over all sites
 * @param remaining what is left at the site that has least left, refilled since its last answer
 */
public record AccountBudget(double epsilon, double capacity, double remaining) {}
