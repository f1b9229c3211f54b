package allmende.engine.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a search asks of its result, beside which resources (FHIR R4, 3.1.1.5).
 *
 * @param count resources of a page
 * @param summary how much of each resource
 * @param elements elements of {@code _elements}; empty for all
 * @param total whether the number of all matches is told
 * @param sort what the order is by, the most important first
 * @param includes {@code _include}, as written, with {@code :iterate} told
 * @param revincludes {@code _revinclude}
 */
public record ResultForm(
        int count,
        Summary summary,
        List<String> elements,
        boolean total,
        List<Sort> sort,
        List<Include> includes,
        List<Include> revincludes) {

    /** Names of the parameters that are read here or by the door, and select nothing. */
    static final Set<String> NAMES = Set.of(
            "_count",
            "_summary",
            "_elements",
            "_total",
            "_sort",
            "_include",
            "_revinclude",
            "_format",
            "_pretty",
            "_type");

    public ResultForm {
        elements = List.copyOf(elements);
        sort = List.copyOf(sort);
        includes = List.copyOf(includes);
        revincludes = List.copyOf(revincludes);
    }

    /** How much of a resource is told. */
    public enum Summary {
        /** All of it. */
        FALSE,
        /** The elements that are marked as summary. */
        TRUE,
        /** Text, id, meta and mandatory elements. */
        TEXT,
        /** All but the text. */
        DATA,
        /** Only how many there are. */
        COUNT
    }

    /** One key of the order. */
    public record Sort(String code, boolean descending) {}

    /**
     * A reference that is followed.
     *
     * @param type type that has the reference
     * @param code the reference's parameter; {@code *} for all
     * @param target type that it must lead to; null for any
     * @param iterate whether it is followed from included resources, too
     */
    public record Include(
            String type, String code, @Nullable String target, boolean iterate) {}

    /** Reads it from the parameters; the first problem refuses. */
    static ResultForm of(SearchRequest request, SearchLimits limits) {
        int count = limits.defaultPage();
        Summary summary = Summary.FALSE;
        boolean total = true;
        List<String> elements = new ArrayList<>();
        List<Sort> sort = new ArrayList<>();
        List<Include> includes = new ArrayList<>();
        List<Include> revincludes = new ArrayList<>();
        for (SearchRequest.Parameter parameter : request.parameters()) {
            String value = parameter.value();
            switch (base(parameter.name())) {
                case "_count" -> count = count(value, limits);
                case "_summary" -> summary = summary(value);
                case "_total" -> total = total(value);
                case "_elements" -> elements.addAll(words(value));
                case "_sort" -> words(value).forEach(word -> sort.add(sort(word)));
                case "_include" -> includes.add(include(parameter));
                case "_revinclude" -> revincludes.add(include(parameter));
                default -> {}
            }
        }
        return new ResultForm(
                count, count == 0 ? Summary.COUNT : summary, elements, total, sort, includes, revincludes);
    }

    static String base(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    private static int count(String value, SearchLimits limits) {
        try {
            int count = Integer.parseInt(value.strip());
            if (count >= 0) {
                return Math.min(count, limits.page());
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new SearchRefused(Refusal.Code.VALUE, "_count", "The page size is a whole number from 0 on.");
    }

    private static Summary summary(String value) {
        for (Summary summary : Summary.values()) {
            if (summary.name().equalsIgnoreCase(value)) {
                return summary;
            }
        }
        throw new SearchRefused(Refusal.Code.VALUE, "_summary", "It is true, false, text, data or count.");
    }

    private static boolean total(String value) {
        return switch (value) {
            case "none" -> false;
            case "estimate", "accurate" -> true;
            default -> throw new SearchRefused(Refusal.Code.VALUE, "_total", "It is none, estimate or accurate.");
        };
    }

    private static Sort sort(String word) {
        return word.startsWith("-") ? new Sort(word.substring(1), true) : new Sort(word, false);
    }

    private static Include include(SearchRequest.Parameter parameter) {
        String modifier = parameter.name().substring(base(parameter.name()).length());
        boolean iterate = modifier.equals(":iterate") || modifier.equals(":recurse");
        if (!modifier.isEmpty() && !iterate) {
            throw new SearchRefused(Refusal.Code.MODIFIER, parameter.name(), "Offered is :iterate.");
        }
        String[] parts = parameter.value().split(":", -1);
        boolean everything = parameter.value().equals("*") || parameter.value().startsWith("*:*:");
        if (!everything && (parts.length < 2 || parts.length > 3)) {
            throw new SearchRefused(
                    Refusal.Code.VALUE, parameter.name(), "It is written Type:parameter or Type:parameter:Target.");
        }
        return everything
                ? new Include("*", "*", parts.length == 3 ? parts[2] : null, iterate)
                : new Include(parts[0], parts[1], parts.length == 3 ? parts[2] : null, iterate);
    }
}
