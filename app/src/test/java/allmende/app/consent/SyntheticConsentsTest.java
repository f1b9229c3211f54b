package allmende.app.consent;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.consent.ConsentExplanation;
import allmende.engine.store.Store;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** In the synthetic hospital as many are counted as are not refused, patient by patient, whatever the day. */
class SyntheticConsentsTest {

    @Test
    void whatIsCountedIsWhatIsNotRefused() {
        SiteData data =
                switch (SiteData.open(SiteLocation.embedded(Hospital.data()))) {
                    case SiteData.Opening.Opened(SiteData opened) -> opened;
                    case SiteData.Opening.InUse(String reason) -> throw new AssertionError(reason);
                };
        try (data) {
            data.index().catchUp();
            Map<String, Long> refusals = new TreeMap<>();
            for (LocalDate day : List.of(
                    LocalDate.of(2019, 6, 1),
                    LocalDate.of(2022, 6, 1),
                    LocalDate.of(2025, 12, 31),
                    LocalDate.of(2060, 1, 1))) {
                long permitting = 0;
                for (String patient : patients(data.store())) {
                    ConsentExplanation explained =
                            PatientRecords.explain(data.store(), patient, day).orElseThrow();
                    permitting += explained.refusal().isEmpty() ? 1 : 0;
                    explained.refusal().ifPresent(reason -> refusals.merge(reason.code(), 1L, Long::sum));
                }
                assertThat(SiteCounts.read(data, day).research()).as("%s", day).isEqualTo(permitting);
                if (day.getYear() == 2025) {
                    assertThat(permitting).isBetween(20L, (long) Hospital.PATIENTS);
                }
            }
            assertThat(refusals).containsKeys("no-consent", "use-not-permitted");
        }
    }

    private static List<String> patients(Store store) {
        return store.scan("Patient", store.currentT(), -1, Hospital.PATIENTS).stream()
                .map(version -> version.key().id())
                .toList();
    }
}
