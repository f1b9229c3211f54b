package allmende.engine.terminology;

import allmende.core.terminology.operation.CodeSystemDocument;
import allmende.core.terminology.operation.ConceptTable;
import allmende.engine.packages.Definition;
import allmende.engine.packages.Packages;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Code systems of packages as tables, made when first asked for; those used last are kept. */
final class PackageSystems {

    private static final Logger LOG = LoggerFactory.getLogger(PackageSystems.class);

    /** Most concepts that are kept in all: some 100 MB. */
    private static final int CONCEPTS_MAX = 500_000;

    private final Map<Path, Optional<ConceptTable>> tables = new LinkedHashMap<>(16, 0.75f, true);
    private int concepts;

    /** The table of a CodeSystem; empty where it has no concepts or contradicts itself. */
    synchronized Optional<ConceptTable> table(Definition definition) {
        Optional<ConceptTable> known = tables.get(definition.file());
        if (known == null) {
            known = Packages.read(definition).flatMap(json -> read(definition, json));
            tables.put(definition.file(), known);
            concepts += known.map(ConceptTable::size).orElse(0);
            shrink(definition.file());
        }
        return known;
    }

    /** Forgets everything: packages have come or gone. */
    synchronized void clear() {
        tables.clear();
        concepts = 0;
    }

    private void shrink(Path keep) {
        Iterator<Map.Entry<Path, Optional<ConceptTable>>> oldest =
                tables.entrySet().iterator();
        while (concepts > CONCEPTS_MAX && oldest.hasNext()) {
            Map.Entry<Path, Optional<ConceptTable>> entry = oldest.next();
            if (!entry.getKey().equals(keep)) {
                concepts -= entry.getValue().map(ConceptTable::size).orElse(0);
                oldest.remove();
            }
        }
    }

    private static Optional<ConceptTable> read(Definition definition, JsonNode json) {
        String content = json.path("content").asString("complete");
        if (content.equals("not-present") || content.equals("supplement")) {
            return Optional.empty();
        }
        return switch (CodeSystemDocument.read(json)) {
            case CodeSystemDocument.Read.Usable usable -> built(definition, usable);
            case CodeSystemDocument.Read.Unusable unusable -> Optional.empty();
        };
    }

    private static Optional<ConceptTable> built(Definition definition, CodeSystemDocument.Read.Usable usable) {
        try {
            return Optional.of(usable.builder().build(usable.facts()));
        } catch (IllegalArgumentException cycle) {
            LOG.warn(
                    "The code system {} of {} can't be used: {}",
                    definition.canonical(),
                    definition.from(),
                    cycle.getMessage());
            return Optional.empty();
        }
    }
}
