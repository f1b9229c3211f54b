package allmende.engine.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A complete delivery.
 *
 * @param folder where it is
 * @param files all its files in the order of their names
 * @param tables rows by name of the table
 * @param unfit resources by name of the table that did not fit its view and stand there with their keys alone
 * @param hash SHA-256 of its list of checksums, in hex: identifies all its bytes
 */
public record Delivery(
        Path folder, List<DeliveredFile> files, Map<String, Long> tables, Map<String, Long> unfit, String hash) {

    public Delivery {
        files = List.copyOf(files);
        tables = Map.copyOf(tables);
        unfit = Map.copyOf(unfit);
    }

    /** Bytes of all files together. */
    public long bytes() {
        return files.stream().mapToLong(DeliveredFile::bytes).sum();
    }
}
