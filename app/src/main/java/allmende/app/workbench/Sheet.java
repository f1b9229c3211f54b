package allmende.app.workbench;

import allmende.app.portal.Question;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.core.document.CohortDocument;
import allmende.core.document.Side;
import allmende.core.document.Spot;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question as it lies on the table: its cohort, what that asks or why it can't be asked, and each criterion by itself,
 * also those that can't be read yet.
 *
 * @param query what it asks; null where it can't be asked
 * @param problems why it can't be asked
 * @param displays texts of codes
 */
record Sheet(
        Question question,
        CohortDocument cohort,
        @Nullable CohortQuery query,
        List<Problem> problems,
        Displays displays,
        Catalogue catalogue) {

    static Sheet of(Question question, Catalogue catalogue, Displays displays, CohortDocument cohort) {
        return switch (cohort.query(catalogue)) {
            case ParsedQuery.Valid(CohortQuery query) ->
                new Sheet(question, cohort, query, List.of(), displays, catalogue);
            case ParsedQuery.Invalid(List<Problem> problems) ->
                new Sheet(question, cohort, null, problems, displays, catalogue);
        };
    }

    /** Whether there is no criterion at all. */
    boolean empty() {
        return cohort.spots().isEmpty();
    }

    /** The criterion, if it can be read. */
    Optional<Criterion> criterion(Spot spot) {
        CohortQuery whole = query;
        if (whole != null) {
            List<List<Criterion>> groups = spot.side() == Side.INCLUSION ? whole.inclusion() : whole.exclusion();
            return Optional.of(groups.get(spot.group()).get(spot.criterion()));
        }
        return cohort.criterion(spot).flatMap(this::alone);
    }

    private Optional<Criterion> alone(ObjectNode node) {
        return CohortDocument.empty().addCriterion(Side.INCLUSION, 0, node).query(catalogue)
                        instanceof ParsedQuery.Valid(CohortQuery query)
                ? Optional.of(query.inclusion().getFirst().getFirst())
                : Optional.empty();
    }

    /** The code of the criterion's context; empty where none can be told. */
    String context(Spot spot) {
        return criterion(spot)
                .map(Criterion::context)
                .orElseGet(() -> node(spot).path("context").path("code").asString(""));
    }

    Optional<ContextDefinition> definition(Spot spot) {
        return catalogue.context(context(spot));
    }

    /** The codes that the criterion looks for, as far as they can be read. */
    List<Coding> terms(Spot spot) {
        Optional<Criterion> read = criterion(spot);
        if (read.isPresent()) {
            return read.get().termCodes();
        }
        List<Coding> codings = new ArrayList<>();
        for (JsonNode term : node(spot).path("termCodes")) {
            codings.add(new Coding(
                    term.path("system").asString(""), term.path("code").asString("")));
        }
        return codings;
    }

    private JsonNode node(Spot spot) {
        return cohort.criterion(spot).<JsonNode>map(node -> node).orElseGet(() -> cohort.tree()
                .path("nothing"));
    }

    /** What the criterion's context is called. */
    String contextTitle(Spot spot, Locale locale) {
        return definition(spot)
                .map(definition -> title(definition.titles(), locale))
                .orElseGet(() -> context(spot));
    }

    static String title(ContextDefinition.Titles titles, Locale locale) {
        return locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? titles.de() : titles.en();
    }
}
