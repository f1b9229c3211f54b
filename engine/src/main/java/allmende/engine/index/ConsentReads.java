package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ResourceFacts;
import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.consent.ConsentFacts;
import allmende.core.consent.ConsentRequest;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage;
import allmende.engine.store.ChangePage.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Consents patient by patient: what a patient permits comes from all of the patient's Consents together. When one of
 * them changes, the facts of all of them are made again.
 */
final class ConsentReads {

    private static final String CONSENT = "Consent";

    private final IndexFile file;
    private final PageReader reader;
    private final @Nullable ConsentFacts facts;

    ConsentReads(IndexFile file, PageReader reader, Catalogue catalogue) {
        this.file = file;
        this.reader = reader;
        this.facts = catalogue
                .context(ConsentRequest.CONTEXT)
                .filter(context -> context.resourceType().equals(CONSENT))
                .map(ConsentFacts::new)
                .orElse(null);
    }

    /**
     * Gives the Consents among the reads of a page their facts, and adds the other Consents of the same patients.
     *
     * @param reads of the page; changed in place
     * @param outdated numbers of resources whose rows go; those of the other Consents are added
     */
    void evaluate(List<PageReader.Read> reads, ChangePage page, Set<Long> outdated) throws SQLException {
        if (facts == null) {
            return;
        }
        Set<Long> onPage = new HashSet<>();
        Set<Integer> patients = new HashSet<>();
        for (Change change : page.changes()) {
            if (change.key().type().equals(CONSENT)) {
                onPage.add(change.rid());
                patients.add(change.patient());
            }
        }
        if (onPage.isEmpty()) {
            return;
        }
        patients.addAll(patientsBefore(onPage));
        for (PageReader.Read other : others(patients, onPage, page.t())) {
            outdated.add(other.change().rid());
            reads.add(other);
        }
        evaluate(reads, facts);
    }

    /** A new version may speak of another patient than the one before: then both are concerned. */
    private Set<Integer> patientsBefore(Set<Long> resources) throws SQLException {
        Set<Integer> patients = new HashSet<>();
        if (!file.consentPatients().isEmpty()) {
            Sql.query(
                    file.writer(),
                    "select distinct patient from consent where resource in " + Sql.list(resources),
                    row -> patients.add(row.getInt(1)));
        }
        return patients;
    }

    private List<PageReader.Read> others(Set<Integer> patients, Set<Long> onPage, long t) throws SQLException {
        List<Integer> known =
                patients.stream().filter(file.consentPatients()::contains).toList();
        if (known.isEmpty()) {
            return List.of();
        }
        Map<ResourceKey, Integer> keys = new HashMap<>();
        Sql.query(
                file.writer(), "select resource, patient, id from consent where patient in " + Sql.list(known), row -> {
                    if (!onPage.contains(row.getLong(1))) {
                        keys.put(new ResourceKey(CONSENT, row.getString(3)), row.getInt(2));
                    }
                });
        return keys.isEmpty() ? List.of() : reader.read(reader.asOf(keys, t), t);
    }

    private static void evaluate(List<PageReader.Read> reads, ConsentFacts facts) {
        Map<Integer, List<Integer>> byPatient = new TreeMap<>();
        for (int i = 0; i < reads.size(); i++) {
            Change change = reads.get(i).change();
            if (change.key().type().equals(CONSENT) && change.body() != null && change.patient() >= 0) {
                byPatient
                        .computeIfAbsent(change.patient(), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        byPatient.values().parallelStream()
                .map(positions -> evaluate(reads, positions, facts))
                .toList()
                .forEach(evaluated -> evaluated.forEach(reads::set));
    }

    /** The reads of one patient's Consents by their positions, with the facts of all of them together. */
    private static Map<Integer, PageReader.Read> evaluate(
            List<PageReader.Read> reads, List<Integer> positions, ConsentFacts facts) {
        List<JsonNode> consents = new ArrayList<>(positions.size());
        for (int position : positions) {
            byte[] body = reads.get(position).change().body();
            if (body != null) {
                consents.add(FhirJson.parse(body));
            }
        }
        Map<String, List<Fact>> found = facts.of(consents);
        Map<Integer, PageReader.Read> evaluated = new HashMap<>();
        for (int position : positions) {
            PageReader.Read read = reads.get(position);
            List<Fact> own = found.getOrDefault(read.change().key().id(), List.of());
            evaluated.put(position, new PageReader.Read(read.change(), with(read, own)));
        }
        return evaluated;
    }

    private static @Nullable ResourceFacts with(PageReader.Read read, List<Fact> evaluated) {
        ResourceFacts raw = read.facts();
        if (raw == null) {
            return null;
        }
        List<Fact> facts = new ArrayList<>(evaluated);
        raw.facts().stream()
                .filter(fact -> !fact.context().equals(ConsentRequest.CONTEXT))
                .forEach(facts::add);
        return new ResourceFacts(raw.key(), raw.patient(), facts, raw.attributes(), raw.links(), raw.consulted());
    }

    /** Notes which Consents a patient has; within the page's transaction, after those of before were taken out. */
    void write(Collection<PageReader.Read> reads) throws SQLException {
        List<Change> consents = reads.stream()
                .map(PageReader.Read::change)
                .filter(change -> facts != null
                        && change.key().type().equals(CONSENT)
                        && !change.key().id().isEmpty()
                        && change.body() != null
                        && change.patient() >= 0)
                .toList();
        if (consents.isEmpty()) {
            return;
        }
        try (DuckDBAppender out = Sql.duck(file.writer()).createAppender("main", "consent")) {
            for (Change consent : consents) {
                out.beginRow()
                        .append(consent.patient())
                        .append(consent.rid())
                        .append(consent.key().id())
                        .endRow();
                file.consentPatients().add(consent.patient());
            }
        }
    }
}
