package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.core.digest.Sha256;
import allmende.core.fhir.FhirJson;
import allmende.engine.files.Trees;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Puts the batches together to the files of a delivery, in a folder that is not yet in its place. */
final class Building {

    /** A file of bundles is closed after the batch with which it exceeds this many bytes. */
    static final long BUNDLE_FILE_BYTES = 128L << 20;

    private static final int BUFFER = 1 << 17;

    private final Fragments fragments;
    private final Path folder;
    private final DeliveryPlan plan;
    private final List<DeliveredFile> files = new ArrayList<>();

    Building(Fragments fragments, Path folder, DeliveryPlan plan) {
        this.fragments = fragments;
        this.folder = folder;
        this.plan = plan;
    }

    Delivery build() throws IOException {
        ndjson();
        bundles();
        List<TableSummary> tables = tables();
        Map<String, Long> rows = new TreeMap<>();
        tables.forEach(table -> rows.put(table.table().name(), table.rows()));
        Map<String, Long> unfit = fragments.unfit();
        text("provenance.json", pretty(new ProvenanceJson(plan).all()));
        if (plan.hasTables()) {
            Dictionary dictionary = new Dictionary(plan, tables, unfit);
            text("dictionary.csv", dictionary.csv());
            text("dictionary.json", pretty(dictionary.json()));
        }
        text("README.md", new Readme(plan, files, tables).text());
        text("datapackage.json", pretty(new PackageJson(plan, List.copyOf(files), tables).json()));
        text("ro-crate-metadata.json", pretty(new CrateJson(plan, List.copyOf(files)).json()));
        List<DeliveredFile> listed = sorted();
        String checksums = Checksums.text(listed);
        text(Checksums.FILE, checksums);
        return new Delivery(folder, sorted(), rows, unfit, Sha256.hex(checksums));
    }

    private List<DeliveredFile> sorted() {
        return files.stream()
                .sorted((left, right) -> left.path().compareTo(right.path()))
                .toList();
    }

    static String pretty(JsonNode json) {
        return FhirJson.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(json)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private void text(String path, String content) throws IOException {
        Files.writeString(folder.resolve(path), content, StandardCharsets.UTF_8);
        add(path, -1);
    }

    private void add(String path, long rows) throws IOException {
        Trees.force(folder.resolve(path));
        files.add(Hashes.look(folder, path, rows));
    }

    private OutputStream create(String path) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        return new BufferedOutputStream(Files.newOutputStream(folder.resolve(path)), BUFFER);
    }

    private void ndjson() throws IOException {
        if (!plan.formats().contains(DeliveryFormat.NDJSON)) {
            return;
        }
        for (String name : fragments.names(DeliveryBatch.NDJSON)) {
            String path = "ndjson/" + name;
            try (OutputStream out = create(path)) {
                fragments.copy(DeliveryBatch.NDJSON + name, 0, out);
            }
            add(path, -1);
        }
    }

    private void bundles() throws IOException {
        if (!plan.formats().contains(DeliveryFormat.BUNDLES)) {
            return;
        }
        if (!fragments.of(DeliveryBatch.CORE).isEmpty()) {
            try (OutputStream out = create("bundles/core.ndjson")) {
                out.write(BundleEntries.HEAD);
                fragments.copy(DeliveryBatch.CORE, 0, out);
                out.write(BundleEntries.FOOT);
            }
            add("bundles/core.ndjson", -1);
        }
        List<Path> pieces = fragments.of(DeliveryBatch.PATIENTS);
        int at = 0;
        for (int number = 1; at < pieces.size(); number++) {
            String path = String.format(Locale.ROOT, "bundles/patients-%05d.ndjson", number);
            long bytes = 0;
            try (OutputStream out = create(path)) {
                while (at < pieces.size() && bytes < BUNDLE_FILE_BYTES) {
                    bytes += Files.copy(pieces.get(at++), out);
                }
            }
            add(path, -1);
        }
    }

    private List<TableSummary> tables() throws IOException {
        List<TableSummary> summaries = new ArrayList<>();
        if (!plan.hasTables()) {
            return summaries;
        }
        Files.createDirectories(folder.resolve("tables"));
        Files.createDirectories(folder.resolve("views"));
        try (TableFiles duck = TableFiles.open(folder.resolve("tables.tmp"))) {
            for (GroupTable table : plan.allTables()) {
                summaries.add(table(table, duck));
            }
        }
        return summaries;
    }

    private TableSummary table(GroupTable table, TableFiles duck) throws IOException {
        String csv = "tables/" + table.name() + ".csv";
        byte[] heading = CsvPiece.heading(table);
        try (OutputStream out = create(csv)) {
            out.write(heading);
            fragments.copy(DeliveryBatch.TABLES + table.name() + ".csv", heading.length, out);
        }
        TableSummary summary = duck.look(folder.resolve(csv), table);
        if (plan.formats().contains(DeliveryFormat.PARQUET)) {
            String parquet = "tables/" + table.name() + ".parquet";
            duck.parquet(folder.resolve(csv), summary, folder.resolve(parquet));
            add(parquet, summary.rows());
        }
        if (plan.formats().contains(DeliveryFormat.CSV)) {
            add(csv, summary.rows());
        } else {
            Files.delete(folder.resolve(csv));
        }
        text("views/" + table.name() + ".json", pretty(table.definition()));
        return summary;
    }
}
