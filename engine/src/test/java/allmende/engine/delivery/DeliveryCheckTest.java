package allmende.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.delivery.DeliveryCheck.Fault;
import allmende.engine.delivery.DeliveryCheck.Finding;
import allmende.engine.delivery.DeliveryCheck.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipient finds what is missing, too much or changed. */
class DeliveryCheckTest {

    @TempDir
    private Path temp;

    @Test
    void awholeDeliveryIsToldWithItsCounts() throws IOException {
        Delivery delivery = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 4)
                .finish();
        Outcome.Checked checked = (Outcome.Checked) DeliveryCheck.check(delivery.folder());
        assertThat(checked.findings()).isEmpty();
        assertThat(checked.hash()).isEqualTo(delivery.hash());
        assertThat(checked.rows())
                .containsEntry("tables/patient.csv", 4L)
                .containsEntry("tables/patient.parquet", 4L)
                .containsEntry("ndjson/Patient.ndjson", 4L);
    }

    @Test
    void everyFaultIsFound() throws IOException {
        Path folder = SampleDelivery.written(temp.resolve("d"), SampleDelivery.plan(), 4)
                .finish()
                .folder();
        Files.delete(folder.resolve("tables/patient.csv"));
        Files.writeString(folder.resolve("tables/diagnosen.csv"), "x", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("extra.txt"), "x");
        Outcome.Checked checked = (Outcome.Checked) DeliveryCheck.check(folder);
        assertThat(checked.findings())
                .containsExactly(
                        new Finding(Fault.CHANGED, "tables/diagnosen.csv"),
                        new Finding(Fault.MISSING, "tables/patient.csv"),
                        new Finding(Fault.SURPLUS, "extra.txt"));
    }

    @Test
    void aListThatLeadsOutOfTheFolderIsNotFollowed() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("d"));
        Files.writeString(temp.resolve("secret"), "x");
        Files.writeString(folder.resolve(Checksums.FILE), "0".repeat(64) + "  ../secret\n");
        Outcome.Checked checked = (Outcome.Checked) DeliveryCheck.check(folder);
        assertThat(checked.findings()).containsExactly(new Finding(Fault.MISSING, "../secret"));
    }

    @Test
    void personsAreRowsForTheReportOnRisk() throws IOException {
        for (DeliveryFormat format : java.util.List.of(DeliveryFormat.CSV, DeliveryFormat.PARQUET)) {
            Path folder = SampleDelivery.written(
                            temp.resolve(format.name()), SampleDelivery.plan(java.util.EnumSet.of(format)), 6)
                    .finish()
                    .folder();
            java.util.List<java.util.List<String>> rows = new java.util.ArrayList<>();
            PersonRows.read(
                    folder,
                    java.util.List.of(
                            "patient.gender",
                            "patient_address.postal_code",
                            "diagnosen_codes.code",
                            "laborwerte.value_quantity"),
                    rows::add);
            assertThat(rows).hasSize(6);
            assertThat(rows.getFirst()).containsExactly("female", "01000", "38341003|I10.00", "");
            assertThat(rows.getLast().get(3)).startsWith("1.1");
        }
        Path folder = temp.resolve("CSV");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> PersonRows.read(folder, java.util.List.of("patient.secret"), row -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> PersonRows.read(folder, java.util.List.of("patient.gender; drop"), row -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherFolderIsNoDelivery() {
        assertThat(DeliveryCheck.check(temp)).isInstanceOf(Outcome.NoDelivery.class);
    }
}
