package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.CodeSet;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.TerminologySource;
import allmende.core.terminology.operation.ValueSetEvaluator;
import allmende.engine.terminology.InstalledCodeSets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Finds the value set that a request is about, and its codes. */
final class ValueSets {

    private final TerminologySource source;
    private final InstalledCodeSets kept;

    ValueSets(TerminologySource source, InstalledCodeSets kept) {
        this.source = source;
        this.kept = kept;
    }

    /**
     * A value set.
     *
     * @param url canonical URL, with a version where one was named; empty where a resource was sent along
     * @param sent the resource that was sent along or that has the id of the request; null where the URL names it
     * @param versions code systems' versions where the value set names none
     */
    record Wanted(String url, @Nullable JsonNode sent, Map<String, String> versions) {

        /** For sentences. */
        String name() {
            return url.isEmpty() ? "that was sent" : url;
        }
    }

    /**
     * What the request is about.
     *
     * @throws FhirProblem 400 if it names none
     */
    Wanted wanted(OperationInput input, @Nullable JsonNode instance) {
        Map<String, String> versions = new HashMap<>();
        for (JsonNode each : input.nodes("system-version")) {
            int bar = each.asString("").indexOf('|');
            if (bar < 0) {
                throw FhirProblem.invalid("A system-version is written system|version.", "system-version");
            }
            versions.put(
                    Terminology.canonical(each.asString("").substring(0, bar)),
                    each.asString("").substring(bar + 1));
        }
        JsonNode sent = instance != null ? instance : input.resource("valueSet", "ValueSet");
        if (sent != null) {
            return new Wanted(sent.path("url").asString(""), sent, versions);
        }
        String url = input.text("url");
        if (url == null) {
            throw FhirProblem.of(400, "required", "Name the value set by url, or send it as valueSet.", "url");
        }
        String version = input.text("valueSetVersion");
        return new Wanted(version == null || url.contains("|") ? url : url + "|" + version, null, versions);
    }

    /** Its codes; null where it is not here. */
    @Nullable
    CodeSet codes(Wanted wanted) {
        if (wanted.sent() != null) {
            return new ValueSetEvaluator(source, wanted.versions()).evaluate(wanted.sent());
        }
        if (!wanted.versions().isEmpty()) {
            return new ValueSetEvaluator(source, wanted.versions())
                    .evaluate(wanted.url())
                    .orElse(null);
        }
        return kept.codes(wanted.url()).orElse(null);
    }

    /** Why there are no codes. */
    Gap missing(Wanted wanted) {
        return new Gap("", Gap.Kind.VALUE_SET, "The value set " + wanted.name() + " is not installed.");
    }

    /** The beginning of a question to someone else: a value set that is here is sent along, since the other may lack it. */
    Answer question(Wanted wanted) {
        return found(wanted)
                .map(json -> new Answer().resource("valueSet", json))
                .orElseGet(() -> new Answer().text("url", "valueUri", wanted.url()));
    }

    /** The code systems that a value set speaks of, as far as its definition says. */
    List<String> systems(Wanted wanted) {
        Set<String> systems = new LinkedHashSet<>();
        found(wanted).ifPresent(json -> json.path("compose").path("include").forEach(include -> {
            String system = include.path("system").asString("");
            if (!system.isEmpty()) {
                systems.add(Terminology.canonical(system));
            }
        }));
        return List.copyOf(systems);
    }

    /** Its definition; a missing node where it is an implicit one. */
    JsonNode definition(Wanted wanted) {
        return found(wanted).orElse(MissingNode.getInstance());
    }

    private Optional<JsonNode> found(Wanted wanted) {
        return wanted.sent() != null ? Optional.of(wanted.sent()) : source.valueSet(wanted.url());
    }
}
