package allmende.app.workbench;

import allmende.core.document.CohortDocument;
import allmende.core.document.Side;
import allmende.core.document.Spot;
import allmende.core.document.Term;
import allmende.core.fhir.Coding;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The consent that a cohort needs: an inclusion group of one criterion, one of the combined codes. */
final class Consent {

    static final String CONTEXT = "Einwilligung";
    static final String SYSTEM = "fdpg.consent.combined";

    private Consent() {}

    /** What is chosen; empty where no combined consent is asked for. */
    static Optional<ConsentChoice> chosen(CohortDocument cohort) {
        return spot(cohort).flatMap(spot -> code(cohort, spot)).flatMap(ConsentChoice::of);
    }

    private static Optional<Spot> spot(CohortDocument cohort) {
        return cohort.spots().stream()
                .filter(spot -> spot.side() == Side.INCLUSION && cohort.criteria(Side.INCLUSION, spot.group()) == 1)
                .filter(spot -> code(cohort, spot).isPresent())
                .findFirst();
    }

    private static Optional<String> code(CohortDocument cohort, Spot spot) {
        return cohort.criterion(spot)
                .map(node -> node.path("termCodes"))
                .filter(terms -> terms.size() == 1)
                .map(terms -> terms.get(0))
                .filter(term -> SYSTEM.equals(term.path("system").asString("")))
                .map((JsonNode term) -> term.path("code").asString(""));
    }

    /** The cohort with this consent in place of another one. */
    static CohortDocument with(CohortDocument cohort, ConsentChoice choice, String display) {
        Term term = new Term(CONTEXT, new Coding(SYSTEM, choice.code()), display);
        return spot(cohort)
                .map(spot -> cohort.withTerms(spot, List.of(term)))
                .orElseGet(() -> cohort.addCriterion(Side.INCLUSION, cohort.groups(Side.INCLUSION), term));
    }

    /** The cohort without a combined consent. */
    static CohortDocument without(CohortDocument cohort) {
        return spot(cohort).map(cohort::remove).orElse(cohort);
    }
}
