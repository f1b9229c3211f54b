package allmende.engine.search;

/**
 * What a search may cost at most.
 *
 * @param page resources of a page
 * @param defaultPage resources of a page where none is asked for
 * @param included resources that a page may bring in besides
 * @param chain links of a chain, or of nested {@code _has}
 * @param depth rounds of {@code _include:iterate}
 * @param values values of one parameter, between commas
 * @param parameters parameters of a search
 * @param joined resources that a chain may lead over
 */
public record SearchLimits(
        int page, int defaultPage, int included, int chain, int depth, int values, int parameters, int joined) {

    /** Those of a site. */
    public static final SearchLimits SITE = new SearchLimits(10_000, 50, 20_000, 5, 4, 20_000, 200, 20_000_000);
}
