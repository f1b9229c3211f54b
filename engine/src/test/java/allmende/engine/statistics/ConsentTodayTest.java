package allmende.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.consent.ConsentRequest;
import allmende.core.disclosure.RawStatistics;
import allmende.core.disclosure.Strata;
import allmende.core.fhir.Coding;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.ConceptRows.Occurring;
import allmende.engine.index.IndexSnapshot;
import allmende.engine.index.Ward;
import allmende.engine.store.Store;
import allmende.engine.store.TestStores;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics count who permits on the day, not who ever did. */
class ConsentTodayTest {

    private static final String USE = "2.16.840.1.113883.3.1937.777.24.5.3.8";

    @Test
    void whoHasWithdrawnIsNotCountedAndWhoConsentedAgainIs(@TempDir Path folder) {
        try (Store store = TestStores.empty()) {
            Ward.write(
                    store,
                    Ward.patient("stays", "1970-01-01"),
                    consent("a", "stays", "permit", "2020-02-03"),
                    Ward.patient("left", "1970-01-01"),
                    consent("b", "left", "permit", "2020-04-05"),
                    consent("c", "left", "deny", "2022-06-07"),
                    Ward.patient("again", "1970-01-01"),
                    consent("d", "again", "permit", "2019-01-02"),
                    consent("e", "again", "deny", "2020-08-09"),
                    consent("f", "again", "permit", "2023-03-04"));
            try (CohortIndex index = Ward.open(folder, store)) {
                index.catchUp();
                assertThat(years(index, LocalDate.of(2024, 1, 1))).isEqualTo(Map.of(2020, 1, 2023, 1));
                assertThat(years(index, LocalDate.of(2021, 1, 1))).isEqualTo(Map.of(2020, 2));
                assertThat(years(index, LocalDate.of(2019, 5, 1))).isEqualTo(Map.of(2019, 1));
                assertThat(counted(index, LocalDate.of(2024, 1, 1))).isEqualTo(2);
                assertThat(counted(index, LocalDate.of(2019, 5, 1))).isEqualTo(1);
            }
        }
    }

    private static List<Occurring> policies(IndexSnapshot snapshot) {
        return snapshot.conceptRows().occurring().stream()
                .filter(each -> each.context().equals(ConsentRequest.CONTEXT))
                .toList();
    }

    private static Map<Integer, Integer> years(CohortIndex index, LocalDate day) {
        return index.read(snapshot -> {
            Map<Integer, Integer> years = new TreeMap<>();
            for (Occurring policy : policies(snapshot)) {
                if (policy.coding().code().equals(USE)) {
                    new ConsentToday(snapshot, day)
                            .byYear(policy.context(), policy.number(), (number, year, patients) -> {
                                if (year != null && !patients.isEmpty()) {
                                    years.put(year, patients.getCardinality());
                                }
                            });
                }
            }
            return years;
        });
    }

    private static long counted(CohortIndex index, LocalDate day) {
        return index.read(snapshot -> {
            RawStatistics.Context context = new ContextRun(
                            snapshot,
                            Ward.TERMINOLOGY,
                            1,
                            patients -> Strata.of(new int[Strata.SIZE]),
                            new ConsentToday(snapshot, day))
                    .collect(policies(snapshot), Map.of(), snapshot.patients());
            Coding use = ConsentRequest.coding(USE);
            RawStatistics.Concept concept = context.concepts().get(use);
            return concept == null ? 0 : concept.patients();
        });
    }

    private static String consent(String id, String patient, String type, String signed) {
        return """
            {"resourceType":"Consent","id":"%s","status":"active","patient":{"reference":"Patient/%s"},"dateTime":"%s",
             "provision":{"type":"deny","provision":[{"type":"%s","period":{"start":"%s"},
             "code":[{"coding":[{"system":"urn:oid:2.16.840.1.113883.3.1937.777.24.5.3","code":"%s"}]}]}]}}""".formatted(id, patient, signed, type, signed, USE);
    }
}
