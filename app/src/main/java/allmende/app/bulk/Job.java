package allmende.app.bulk;

import allmende.core.fhir.FhirJson;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.BulkRead.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an export is to do; kept on disk as it was begun, so that a server that was restarted goes on with it.
 *
 * @param id names the job; hard to guess
 * @param owner who asked
 * @param request the address that it was asked by
 * @param begun when
 * @param selection which resources, as of which {@code t}
 * @param parts in order
 */
record Job(String id, String owner, String request, Instant begun, Selection selection, List<Part> parts) {

    Job {
        parts = List.copyOf(parts);
    }

    /** What becomes one file. */
    sealed interface Part {

        /** Name of what is in it: a resource type, or a view. */
        String name();

        /** Resources as NDJSON. */
        record Resources(Stretch stretch) implements Part {
            @Override
            public String name() {
                return stretch.type();
            }
        }

        /** Resources of a type that meet one of several queries, as NDJSON. */
        record Filtered(String type, List<String> queries) implements Part {
            public Filtered {
                queries = List.copyOf(queries);
            }

            @Override
            public String name() {
                return type;
            }
        }

        /**
         * A table.
         *
         * @param format csv, ndjson or parquet
         */
        record Table(String name, JsonNode view, String format) implements Part {}
    }

    byte[] json() {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        node.put("id", id).put("owner", owner).put("request", request).put("begun", begun.toString());
        node.put("t", selection.t()).put("afterT", selection.afterT()).put("ofPatients", selection.ofPatients());
        Set<Integer> patients = selection.patients();
        if (patients != null) {
            patients.forEach(node.putArray("patients")::add);
        }
        ArrayNode list = node.putArray("parts");
        for (Part part : parts) {
            ObjectNode one = list.addObject();
            switch (part) {
                case Part.Resources(Stretch stretch) ->
                    one.put("type", stretch.type())
                            .put("after", stretch.afterRid())
                            .put("upTo", stretch.upToRid());
                case Part.Filtered(String type, List<String> queries) -> {
                    one.put("filtered", type);
                    queries.forEach(one.putArray("queries")::add);
                }
                case Part.Table table -> {
                    one.put("view", table.name()).put("format", table.format());
                    one.set("definition", table.view());
                }
            }
        }
        return FhirJson.write(node);
    }

    static Job of(byte[] json) {
        JsonNode node = FhirJson.parse(json);
        Set<Integer> patients = null;
        if (node.has("patients")) {
            patients = new LinkedHashSet<>();
            for (JsonNode number : node.path("patients").values()) {
                patients.add(number.asInt());
            }
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : node.path("parts").values()) {
            parts.add(part(part));
        }
        Selection selection = new Selection(
                node.path("t").asLong(),
                node.path("afterT").asLong(),
                node.path("ofPatients").asBoolean(),
                patients);
        return new Job(
                text(node, "id"),
                text(node, "owner"),
                text(node, "request"),
                Instant.parse(text(node, "begun")),
                selection,
                parts);
    }

    private static Part part(JsonNode part) {
        if (part.has("filtered")) {
            List<String> queries = new ArrayList<>();
            part.path("queries").values().forEach(query -> queries.add(query.asString("")));
            return new Part.Filtered(text(part, "filtered"), queries);
        }
        return part.has("type")
                ? new Part.Resources(new Stretch(
                        text(part, "type"),
                        part.path("after").asLong(),
                        part.path("upTo").asLong()))
                : new Part.Table(text(part, "view"), part.path("definition"), text(part, "format"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    /** The ending of a part's file. */
    static String ending(Part part) {
        return switch (part) {
            case Part.Resources _, Part.Filtered _ -> "ndjson";
            case Part.Table table -> table.format();
        };
    }
}
