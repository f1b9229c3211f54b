package allmende.app.projects;

import allmende.core.deident.risk.KdsRisk;
import allmende.core.deident.risk.RiskCounter;
import allmende.core.deident.risk.RiskReport;
import allmende.core.deident.risk.Thresholds;
import allmende.core.extraction.Extracted;
import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes everything on; keeps the first resources of each group for people to look at before they decide, and counts patients
 * who look alike.
 */
final class Sampling implements ExtractSink {

    private static final int ROWS = 5;
    /** Sizes of groups that people who decide may choose from. */
    private static final List<Integer> K_OFFERED = List.of(2, 3, 5, 10, 20);

    private static final int COLUMNS_MAX = 40;
    private static final int CELL_MAX = 200;

    private final ExtractSink next;
    private final Map<String, String> names;
    private final RiskCounter risk = new RiskCounter(KdsRisk.DEMOGRAPHIC.columns());
    private final SortedMap<String, List<SortedMap<String, String>>> kept = new TreeMap<>();

    /**
     * @param names names of groups by their ids
     */
    Sampling(ExtractSink next, Map<String, String> names) {
        this.next = next;
        this.names = Map.copyOf(names);
    }

    @Override
    public BatchSink batch(int number) throws IOException {
        return new Batch(next.batch(number));
    }

    private synchronized void keep(List<Extracted> resources) {
        for (Extracted one : resources) {
            for (String group : one.groups()) {
                List<SortedMap<String, String>> rows = kept.computeIfAbsent(group, name -> new ArrayList<>());
                if (rows.size() < ROWS) {
                    SortedMap<String, String> cells = new TreeMap<>();
                    flatten("", one.resource(), cells);
                    rows.add(cells);
                }
            }
        }
    }

    private synchronized void count(List<Extracted> resources) {
        risk.add(KdsRisk.DEMOGRAPHIC.row(
                resources.stream().map(Extracted::resource).toList()));
    }

    /** The risk that somebody is recognised who is known by the usual quasi-identifiers. */
    synchronized RiskReport risk() {
        return risk.report();
    }

    /** How many patients would have to be left out so that each looks like so many. */
    synchronized SortedMap<Integer, Long> losses() {
        SortedMap<Integer, Long> losses = new TreeMap<>();
        for (int k : K_OFFERED) {
            losses.put(k, risk.suppression(new Thresholds(k, 1)).suppressed());
        }
        return losses;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> cells) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                if (!entry.getKey().equals("resourceType")) {
                    flatten(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), cells);
                }
            });
        } else if (node.isArray()) {
            node.forEach(item -> flatten(path, item, cells));
        } else {
            String text = node.asString("");
            cells.merge(path, text, (one, other) -> one + " | " + other);
        }
    }

    /** The sample: tables by group, columns in the order of their names. */
    synchronized ArrayNode tables() {
        ArrayNode tables = JsonNodeFactory.instance.arrayNode();
        kept.forEach((group, rows) -> {
            ObjectNode table = tables.addObject();
            table.put("name", names.getOrDefault(group, group));
            Map<String, Boolean> columns = new LinkedHashMap<>();
            rows.forEach(row -> row.keySet().forEach(column -> columns.put(column, true)));
            List<String> shown = columns.keySet().stream().limit(COLUMNS_MAX).toList();
            ArrayNode head = table.putArray("columns");
            shown.forEach(head::add);
            ArrayNode lines = table.putArray("rows");
            for (SortedMap<String, String> row : rows) {
                ArrayNode line = lines.addArray();
                shown.forEach(column -> line.add(cut(row.getOrDefault(column, ""))));
            }
        });
        return tables;
    }

    private static String cut(String text) {
        return text.length() <= CELL_MAX ? text : text.substring(0, CELL_MAX) + "…";
    }

    /** A batch that is looked at on its way. */
    private final class Batch implements BatchSink {

        private final BatchSink batch;

        Batch(BatchSink batch) {
            this.batch = batch;
        }

        @Override
        public void shared(List<Extracted> resources) throws IOException {
            keep(resources);
            batch.shared(resources);
        }

        @Override
        public void patient(String patient, List<Extracted> resources) throws IOException {
            keep(resources);
            count(resources);
            batch.patient(patient, resources);
        }

        @Override
        public void complete() throws IOException {
            batch.complete();
        }

        @Override
        public void close() throws IOException {
            batch.close();
        }
    }
}
