package allmende.engine.extract;

import allmende.core.extraction.ProfileElements;
import allmende.core.extraction.ProfileShape;
import allmende.core.extraction.SnapshotShape;
import allmende.engine.packages.Definition;
import allmende.engine.packages.Packages;
import allmende.engine.search.ParamDefinition;
import allmende.engine.search.ParamDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What installed packages know of profiles, by the snapshots of their StructureDefinitions, and what the standard's and the
 * packages' search parameters look at, where that is elements. One that came without a snapshot is not known here.
 */
public final class InstalledElements implements ProfileElements {

    /**
     * {@code Condition.code}, {@code (Observation.value as CodeableConcept)}, {@code Procedure.performed.ofType(Period)},
     * {@code Condition.onset.as(Period)}.
     */
    private static final Pattern ELEMENTS = Pattern.compile(
            "\\(?([A-Z][A-Za-z]+(?:\\.[a-z][A-Za-z]*)+?)(?:\\.(?:ofType|as)\\(([A-Za-z]+)\\)| as ([A-Za-z]+)\\)?)?\\)?");

    private final Packages packages;
    private final Map<String, Optional<ProfileShape>> shapes = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, Set<String>> derived;
    private volatile @Nullable List<ParamDefinition> parameters;

    /** Over these packages; what is installed later is noticed. */
    public InstalledElements(Packages packages) {
        this.packages = packages;
        packages.onChange(() -> {
            shapes.clear();
            derived = null;
            parameters = null;
        });
    }

    @Override
    public Optional<ProfileShape> shape(String url) {
        return shapes.computeIfAbsent(url, this::read);
    }

    private Optional<ProfileShape> read(String url) {
        Optional<Definition> definition =
                packages.locate(url).filter(each -> each.resourceType().equals("StructureDefinition"));
        if (definition.isEmpty() || !definition.get().snapshot()) {
            return Optional.empty();
        }
        Set<String> below = derivedFrom().getOrDefault(definition.get().url(), Set.of());
        return Packages.read(definition.get()).flatMap(json -> SnapshotShape.read(json, below));
    }

    /** By profile, the profiles that derive from it, also by way of others. */
    private Map<String, Set<String>> derivedFrom() {
        Map<String, Set<String>> known = derived;
        if (known == null) {
            Map<String, String> bases = new HashMap<>();
            for (JsonNode definition : packages.definitions("StructureDefinition")) {
                if (definition.path("derivation").asString("").equals("constraint")) {
                    bases.put(
                            definition.path("url").asString(""),
                            plain(definition.path("baseDefinition").asString("")));
                }
            }
            known = new HashMap<>();
            for (String url : bases.keySet()) {
                Set<String> seen = new HashSet<>();
                for (String base = bases.get(url); base != null && seen.add(base); base = bases.get(base)) {
                    known.computeIfAbsent(base, each -> new HashSet<>()).add(url);
                }
            }
            derived = known;
        }
        return known;
    }

    private static String plain(String url) {
        int bar = url.indexOf('|');
        return bar < 0 ? url : url.substring(0, bar);
    }

    @Override
    public List<String> searched(String profile, String type, String name) {
        List<String> elements = new ArrayList<>();
        for (ParamDefinition parameter : parameters()) {
            if (parameter.code().equals(name) && parameter.bases().contains(type)) {
                for (String part : parameter.expression().split("\\|")) {
                    if (!part.contains(type + ".")) {
                        continue;
                    }
                    Matcher element = ELEMENTS.matcher(part.strip());
                    if (!element.matches()) {
                        return List.of();
                    }
                    if (element.group(1).startsWith(type + ".")) {
                        elements.add(element.group(1));
                        // a choice is written without its type in an expression, and with one in the data
                        elements.add(element.group(1) + "[x]");
                    }
                }
                return elements;
            }
        }
        return elements;
    }

    private List<ParamDefinition> parameters() {
        List<ParamDefinition> known = parameters;
        if (known == null) {
            known = new ArrayList<>();
            for (JsonNode parameter : packages.definitions("SearchParameter")) {
                ParamDefinitions.of(parameter).ifPresent(known::add);
            }
            known.addAll(ParamDefinitions.standard());
            parameters = known;
        }
        return known;
    }
}
