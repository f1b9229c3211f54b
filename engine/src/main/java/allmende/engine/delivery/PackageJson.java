package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.core.delivery.GroupViews;
import allmende.core.delivery.TableColumn;
import allmende.core.extraction.GroupNames;
import allmende.core.fhir.FhirJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The descriptor {@code datapackage.json}: Frictionless Data Package and Table Schema, version 1. */
final class PackageJson {

    private final DeliveryPlan plan;
    private final List<DeliveredFile> files;
    private final Map<String, TableSummary> tables;

    PackageJson(DeliveryPlan plan, List<DeliveredFile> files, List<TableSummary> tables) {
        this.plan = plan;
        this.files = files;
        this.tables =
                tables.stream().collect(Collectors.toMap(each -> each.table().name(), Function.identity()));
    }

    ObjectNode json() {
        DeliveryFacts facts = plan.facts();
        ObjectNode root = FhirJson.mapper().createObjectNode();
        root.put("profile", "data-package");
        root.put("name", name("delivery-" + facts.id())).put("id", facts.id()).put("title", facts.title());
        root.put("description", facts.conditions().en())
                .put("created", facts.created().toString());
        root.putArray("contributors")
                .addObject()
                .put("title", facts.publisher())
                .put("role", "publisher");
        ArrayNode resources = root.putArray("resources");
        files.forEach(file -> resource(resources.addObject(), file));
        return root;
    }

    /** Lower case, with what the specification allows: letters, digits, dot, underscore, hyphen. */
    private static String name(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    }

    private void resource(ObjectNode json, DeliveredFile file) {
        boolean tabular = file.path().startsWith("tables/") && file.ending().equals("csv");
        json.put("name", name(file.path().replace('/', '-'))).put("path", file.path());
        json.put("profile", tabular ? "tabular-data-resource" : "data-resource");
        json.put("format", file.ending()).put("mediatype", file.mediaType());
        if (!file.ending().equals("parquet")) {
            json.put("encoding", "utf-8");
        }
        json.put("bytes", file.bytes()).put("hash", "sha256:" + file.sha256());
        if (file.rows() >= 0) {
            json.put("rows", file.rows());
        }
        String table = file.path().replaceFirst("^tables/", "").replaceFirst("\\.csv$", "");
        TableSummary summary = tables.get(table);
        if (tabular && summary != null) {
            json.putObject("dialect")
                    .put("delimiter", ",")
                    .put("lineTerminator", "\r\n")
                    .put("quoteChar", "\"")
                    .put("doubleQuote", true)
                    .put("header", true);
            schema(json.putObject("schema"), summary);
        }
    }

    private void schema(ObjectNode schema, TableSummary summary) {
        GroupTable table = summary.table();
        ArrayNode fields = schema.putArray("fields");
        for (int i = 0; i < table.columns().size(); i++) {
            TableColumn column = table.columns().get(i);
            ObjectNode field = fields.addObject().put("name", column.name());
            field.put("type", summary.columns().get(i).type().frictionless());
            field.put("title", column.meaning().en())
                    .put("description", column.meaning().de());
            if (!column.element().isEmpty()) {
                field.put("element", column.element());
            }
        }
        schema.putArray("missingValues").add("");
        if (!table.key().isEmpty()) {
            ArrayNode key = schema.putArray("primaryKey");
            table.key().forEach(key::add);
        }
        if (!table.isMain()) {
            String main = GroupNames.slug(
                    plan.extraction().group(table.group()).orElseThrow().name());
            ObjectNode foreign = schema.putArray("foreignKeys").addObject().put("fields", GroupViews.RESOURCE);
            foreign.putObject("reference")
                    .put("resource", name("tables-" + main + ".csv"))
                    .put("fields", GroupViews.ID);
        }
    }
}
