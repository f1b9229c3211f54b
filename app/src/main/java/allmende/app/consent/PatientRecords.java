package allmende.app.consent;

import allmende.core.consent.ConsentExplanation;
import allmende.core.fhir.FhirJson;
import allmende.engine.search.Search;
import allmende.engine.search.SearchAnswer;
import allmende.engine.search.SearchPage;
import allmende.engine.search.SearchRequest;
import allmende.engine.search.SearchRequest.Parameter;
import allmende.engine.store.BulkRead;
import allmende.engine.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the Consents and Encounters of a patient and explains them. */
public final class PatientRecords {

    private static final String CONSENT = "Consent";
    private static final String ENCOUNTER = "Encounter";
    private static final int PAGE = 10_000;

    private PatientRecords() {}

    /**
     * Explains a patient's consent by reading all Consents and Encounters of a store, which takes some seconds per million.
     *
     * @return empty where no patient with this id was ever mentioned
     */
    public static Optional<ConsentExplanation> explain(Store store, String patient, LocalDate day) {
        OptionalInt number = store.patientNumber(patient);
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(ConsentExplanation.of(
                        read(store, CONSENT, number.getAsInt()), read(store, ENCOUNTER, number.getAsInt()), day));
    }

    private static List<JsonNode> read(Store store, String type, int patient) {
        BulkRead bulk = store.bulk();
        BulkRead.Selection selection = new BulkRead.Selection(store.currentT(), 0, true, Set.of(patient));
        List<JsonNode> found = new ArrayList<>();
        try {
            for (BulkRead.Stretch stretch : bulk.stretches(type, PAGE)) {
                bulk.read(stretch, selection, (version, at, body) -> found.add(FhirJson.parse(body)));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return found;
    }

    /** As {@link #explain}, by the site's search index. */
    static Optional<ConsentExplanation> explain(Store store, Search search, String patient, LocalDate day) {
        return store.patientNumber(patient).isEmpty()
                ? Optional.empty()
                : Optional.of(ConsentExplanation.of(
                        find(store, search, CONSENT, patient), find(store, search, ENCOUNTER, patient), day));
    }

    private static List<JsonNode> find(Store store, Search search, String type, String patient) {
        SearchRequest request = SearchRequest.of(
                type,
                List.of(
                        new Parameter("patient", "Patient/" + patient),
                        new Parameter("_count", Integer.toString(PAGE)),
                        new Parameter("_total", "none")));
        List<JsonNode> found = new ArrayList<>();
        SearchPage.@Nullable Cursor after = null;
        do {
            SearchPage page =
                    switch (search.find(request, after)) {
                        case SearchAnswer.Found(SearchPage one) -> one;
                        case SearchAnswer.Refused refused ->
                            throw new IllegalStateException("The search index knows no patients of " + type);
                    };
            store.versions(page.matches()).forEach(entry -> {
                byte[] body = entry.body();
                if (body != null) {
                    found.add(FhirJson.parse(body));
                }
            });
            after = page.next();
        } while (after != null);
        return found;
    }
}
