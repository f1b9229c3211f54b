package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.FactExtractor.Findings;
import allmende.core.fhir.Coding;
import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import allmende.core.path.ElementPath;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A {@link TermSource}, compiled. */
@FunctionalInterface
interface TermReader {

    /** The terms of the element, which is the resource or a part of it. */
    List<Coding> read(ResourceView view, JsonNode element, Findings findings);

    /**
     * @param paths where the element is the resource itself: its paths, to follow each only once
     */
    static TermReader of(TermSource source, ResourceView.@Nullable Paths paths) {
        return switch (source) {
            case TermSource.Fixed fixed -> {
                List<Coding> term = List.of(Terminology.canonical(fixed.coding()));
                yield (_, _, _) -> term;
            }
            case TermSource.Element element -> element(element, paths);
            case TermSource.Referenced referenced -> new ReferencedTerms(referenced);
        };
    }

    private static TermReader element(TermSource.Element element, ResourceView.@Nullable Paths paths) {
        Set<String> systems =
                element.systems().stream().map(Terminology::canonical).collect(Collectors.toUnmodifiableSet());
        if (paths == null) {
            ElementPath path = ElementPath.compile(element.path());
            return (_, node, _) -> within(systems, ResourceView.codings(path.evaluate(node), ""));
        }
        int number = paths.number(element.path());
        return (view, _, _) -> within(systems, view.codings(number));
    }

    private static List<Coding> within(Set<String> systems, List<Coding> codings) {
        return systems.isEmpty()
                ? codings
                : codings.stream()
                        .filter(coding -> systems.contains(coding.system()))
                        .toList();
    }

    /** Terms of another resource: a Medication, contained or by itself. */
    final class ReferencedTerms implements TermReader {
        private final ElementPath reference;
        private final String type;
        private final ElementPath path;

        ReferencedTerms(TermSource.Referenced source) {
            reference = ElementPath.compile(source.reference());
            type = source.type();
            path = ElementPath.compile(source.path());
        }

        @Override
        public List<Coding> read(ResourceView view, JsonNode element, Findings findings) {
            List<Coding> terms = new ArrayList<>();
            for (JsonNode node : reference.evaluate(element)) {
                JsonNode literal = node.get("reference");
                JsonNode target = literal == null || !literal.isString()
                        ? null
                        : target(Reference.parse(literal.stringValue()), view.resource(), findings);
                if (target != null && target.path("resourceType").asString("").equals(type)) {
                    terms.addAll(ResourceView.codings(path.evaluate(target), ""));
                }
            }
            return terms;
        }

        private @Nullable JsonNode target(Reference literal, JsonNode resource, Findings findings) {
            if (literal instanceof Reference.Contained(String id)) {
                for (JsonNode contained : resource.path("contained").values()) {
                    if (contained.path("id").asString("").equals(id)) {
                        return contained;
                    }
                }
                return null;
            }
            ResourceKey key = literal.resourceKey();
            return key == null || !key.type().equals(type) ? null : findings.consult(key);
        }
    }
}
