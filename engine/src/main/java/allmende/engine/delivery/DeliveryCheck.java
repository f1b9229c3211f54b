package allmende.engine.delivery;

import allmende.core.digest.Sha256;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the recipient of a delivery asks: is it whole, is it unchanged, can its tables be read, and what is in it? */
public final class DeliveryCheck {

    private DeliveryCheck() {}

    /** What is wrong with a file. */
    public enum Fault {
        /** The list of checksums names it, but it is not there. */
        MISSING,
        /** It is there, but the list does not name it. */
        SURPLUS,
        /** Its bytes are not those of which the checksum was made. */
        CHANGED,
        /** It can't be read as a table, or it has not the rows that the descriptor states. */
        UNREADABLE
    }

    /**
     * A fault.
     *
     * @param path of the file, relative to the folder
     */
    public record Finding(Fault fault, String path) {}

    /** The outcome of a check. */
    public sealed interface Outcome {

        /**
         * There is a delivery, with these findings.
         *
         * @param findings what is wrong; none if all is well
         * @param rows rows, resources or bundles by file
         * @param files how many files the list names
         * @param hash identifies the delivery, as {@link Delivery#hash} does
         */
        record Checked(List<Finding> findings, Map<String, Long> rows, int files, String hash) implements Outcome {
            public Checked {
                findings = List.copyOf(findings);
                rows = new TreeMap<>(rows);
            }
        }

        /**
         * The folder holds no delivery.
         *
         * @param reason a sentence that says why not
         */
        record NoDelivery(String reason) implements Outcome {}
    }

    /** Checks a folder. Reads all of it; writes nothing but a scratch folder of the system. */
    public static Outcome check(Path folder) {
        Map<String, String> sums;
        try {
            sums = Checksums.read(folder);
        } catch (IOException problem) {
            return new Outcome.NoDelivery(
                    "The folder " + folder + " has no readable list of checksums (" + Checksums.FILE + ").");
        }
        try {
            return new Run(folder, sums).check();
        } catch (IOException problem) {
            throw new DeliveryFailed("A file of the delivery can't be read; check the disk and the rights.", problem);
        }
    }

    /** One check under way. */
    private static final class Run {
        private final Path folder;
        private final Map<String, String> sums;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<String, Long> rows = new TreeMap<>();

        Run(Path folder, Map<String, String> sums) {
            this.folder = folder;
            this.sums = sums;
        }

        Outcome check() throws IOException {
            Set<String> intact = new TreeSet<>();
            for (Map.Entry<String, String> sum : sums.entrySet()) {
                if (!inside(sum.getKey())
                        || !Files.isRegularFile(folder.resolve(sum.getKey()), LinkOption.NOFOLLOW_LINKS)) {
                    findings.add(new Finding(Fault.MISSING, sum.getKey()));
                    continue;
                }
                DeliveredFile file = Hashes.look(folder, sum.getKey(), -1);
                if (!file.sha256().equals(sum.getValue())) {
                    findings.add(new Finding(Fault.CHANGED, sum.getKey()));
                    continue;
                }
                intact.add(sum.getKey());
                if (file.rows() >= 0) {
                    rows.put(sum.getKey(), file.rows());
                }
            }
            for (String path : Trees.files(folder)) {
                if (!sums.containsKey(path) && !path.equals(Checksums.FILE)) {
                    findings.add(new Finding(Fault.SURPLUS, path));
                }
            }
            tables(intact);
            String hash = Sha256.hex(Files.readString(folder.resolve(Checksums.FILE)));
            return new Outcome.Checked(findings, rows, sums.size(), hash);
        }

        private boolean inside(String path) {
            Path file = folder.resolve(path).normalize();
            return file.startsWith(folder.normalize()) && !Path.of(path).isAbsolute();
        }

        private void tables(Set<String> intact) throws IOException {
            if (!intact.contains("datapackage.json")) {
                return;
            }
            Map<String, Long> stated = stated();
            Path scratch = Files.createTempDirectory("delivery-check");
            try (TableFiles duck = TableFiles.open(scratch)) {
                for (String path : intact) {
                    if (path.startsWith("tables/")) {
                        count(path, stated.getOrDefault(path, -1L), duck);
                    }
                }
            }
        }

        private void count(String path, long stated, TableFiles duck) throws IOException {
            try {
                long found = duck.count(folder.resolve(path), columns(path));
                rows.put(path, found);
                if (found != stated) {
                    findings.add(new Finding(Fault.UNREADABLE, path));
                }
            } catch (SQLException unreadable) {
                findings.add(new Finding(Fault.UNREADABLE, path));
            }
        }

        /** Names of columns never need quotes, so the heading is split at its commas. */
        private List<String> columns(String path) throws IOException {
            if (path.endsWith(".parquet")) {
                return List.of();
            }
            try (var lines = Files.newBufferedReader(folder.resolve(path))) {
                String heading = lines.readLine();
                return heading == null ? List.of() : List.of(heading.split(","));
            }
        }

        private Map<String, Long> stated() throws IOException {
            Map<String, Long> stated = new TreeMap<>();
            if (FhirJson.read(Files.readAllBytes(folder.resolve("datapackage.json")))
                    instanceof JsonRead.Parsed(JsonNode tree)) {
                for (JsonNode resource : tree.path("resources").values()) {
                    stated.put(
                            resource.path("path").asString(""),
                            resource.path("rows").asLong(-1));
                }
            }
            return stated;
        }
    }
}
