package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.view.ViewFault;
import allmende.engine.delivery.BundleEntries.Written;
import allmende.engine.extract.BatchSink;
import allmende.engine.files.Trees;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One batch: a folder with a piece of each file of the delivery. Not for several threads. */
final class DeliveryBatch implements BatchSink {

    static final String PART = ".part";
    static final String OLD = ".old";

    /** Pieces of files, relative to the batch. */
    static final String NDJSON = "ndjson/";

    static final String TABLES = "tables/";
    static final String CORE = "core.entries";
    static final String PATIENTS = "patients.ndjson";
    static final String UNFIT = "unfit.txt";

    private static final int BUFFER = 1 << 15;
    private static final byte[] COMMA_LINE = ",\n".getBytes(StandardCharsets.UTF_8);

    private final Path work;
    private final String name;
    private final Path part;
    private final DeliveryPlan plan;
    private final Map<String, OutputStream> streams = new LinkedHashMap<>();
    private final Map<String, CsvPiece> tables = new LinkedHashMap<>();
    private final Map<String, Long> unfit = new TreeMap<>();
    private boolean coreBegun;
    private boolean complete;
    private boolean closed;

    DeliveryBatch(Path work, String name, DeliveryPlan plan) throws IOException {
        this.work = work;
        this.name = name;
        this.part = work.resolve(name + PART);
        this.plan = plan;
        Trees.delete(part);
        Files.createDirectories(part.resolve(NDJSON));
        Files.createDirectories(part.resolve(TABLES));
    }

    @Override
    public void shared(List<Extracted> given) {
        List<Written> resources = delivered(given);
        try {
            if (plan.formats().contains(DeliveryFormat.BUNDLES)) {
                OutputStream out = stream(CORE);
                for (byte[] entry : new BundleEntries(plan).entries(resources)) {
                    if (coreBegun) {
                        out.write(COMMA_LINE, 0, 1);
                    }
                    coreBegun = true;
                    out.write(entry);
                }
            }
            common(resources);
        } catch (IOException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    @Override
    public void patient(String patient, List<Extracted> given) {
        List<Written> resources = delivered(given);
        try {
            if (plan.formats().contains(DeliveryFormat.BUNDLES) && !resources.isEmpty()) {
                new BundleEntries(plan).bundle(resources, stream(PATIENTS));
            }
            common(resources);
        } catch (IOException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    /** Without those of which de-identification has left nothing. */
    private static List<Written> delivered(List<Extracted> given) {
        return given.stream()
                .filter(each -> !each.resource().isEmpty())
                .map(Written::of)
                .toList();
    }

    private void common(List<Written> resources) throws IOException {
        for (Written written : resources) {
            ObjectNode resource = written.resource();
            if (plan.formats().contains(DeliveryFormat.NDJSON)) {
                OutputStream out = stream(NDJSON + resource.path("resourceType").asString("Resource") + ".ndjson");
                out.write(written.json());
                out.write('\n');
            }
            for (AttributeGroup group : plan.extraction().groups()) {
                if (written.extracted().groups().contains(group.id())) {
                    plan.tablesOf(group.id()).forEach(table -> rows(table, resource));
                }
            }
        }
    }

    /** All rows of a resource or, where it does not fit the view, in the main table its keys alone. */
    private void rows(GroupTable table, ObjectNode resource) {
        List<@Nullable Object[]> rows = new ArrayList<>(1);
        try {
            table.view().rows(resource, cells -> rows.add(Arrays.copyOf(cells, cells.length)));
        } catch (ViewFault fault) {
            unfit.merge(table.name(), 1L, Long::sum);
            rows.clear();
        }
        if (rows.isEmpty() && table.isMain()) {
            rows.add(keys(table, resource));
        }
        rows.forEach(tables.computeIfAbsent(table.name(), each -> piece(table))::row);
    }

    private static @Nullable Object[] keys(GroupTable table, ObjectNode resource) {
        @Nullable Object[] keys = new @Nullable Object[table.columns().size()];
        keys[0] = resource.path("resourceType").asString("") + "/"
                + resource.path("id").asString("");
        return keys;
    }

    private CsvPiece piece(GroupTable table) {
        return new CsvPiece(stream(TABLES + table.name() + ".csv"), table);
    }

    private OutputStream stream(String file) {
        return streams.computeIfAbsent(file, each -> {
            try {
                return new BufferedOutputStream(Files.newOutputStream(part.resolve(each)), BUFFER);
            } catch (IOException problem) {
                throw DeliveryFailed.writing(problem);
            }
        });
    }

    @Override
    public void complete() {
        complete = true;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (complete) {
            keep();
        } else {
            for (OutputStream stream : streams.values()) {
                stream.close();
            }
            Trees.delete(part);
        }
    }

    private void keep() throws IOException {
        tables.values().forEach(CsvPiece::finish);
        if (!unfit.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            unfit.forEach((table, count) ->
                    lines.append(table).append(' ').append(count).append('\n'));
            stream(UNFIT).write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        for (OutputStream stream : streams.values()) {
            stream.close();
        }
        for (String file : streams.keySet()) {
            Trees.force(part.resolve(file));
        }
        Trees.force(part);
        Path target = work.resolve(name);
        Path old = work.resolve(name + OLD);
        if (Files.exists(target)) {
            Trees.delete(old);
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Trees.force(work);
        Trees.delete(old);
    }
}
