package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.CodeCheck;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.TerminologySource;
import allmende.core.terminology.operation.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code ConceptMap/$translate}: what a code is called elsewhere. */
final class Translate {

    static final Set<String> PARAMETERS = Set.of(
            "url",
            "conceptMap",
            "conceptMapVersion",
            "code",
            "system",
            "version",
            "source",
            "coding",
            "codeableConcept",
            "target",
            "targetsystem",
            "targetSystem",
            "reverse");

    private final TerminologySource source;
    private final Elsewhere elsewhere;

    Translate(TerminologySource source, Elsewhere elsewhere) {
        this.source = source;
        this.elsewhere = elsewhere;
    }

    JsonNode answer(OperationInput input, @Nullable JsonNode instance) {
        List<JsonNode> all = source.conceptMaps();
        List<JsonNode> maps = maps(input, instance, all);
        boolean reverse = input.flag("reverse", false);
        String target = input.text("targetsystem") != null ? input.text("targetsystem") : input.text("targetSystem");
        Translation translation = new Translation(all);
        List<Translation.Match> matches = new ArrayList<>();
        List<CodeCheck.Asked> codes = AskedCodes.of(input, "system", "version");
        for (CodeCheck.Asked asked : codes) {
            if (asked.system().isEmpty()) {
                throw FhirProblem.of(400, "required", "The parameter system is missing.", "system");
            }
            matches.addAll(
                    translation.translate(maps, new Translation.Asked(asked.system(), asked.code(), target, reverse)));
        }
        CodeCheck.Asked first = codes.getFirst();
        if (maps.isEmpty()) {
            return elsewhere.ask(
                    new Gap(Terminology.canonical(first.system()), Gap.Kind.VALUE_SET, missing(input)),
                    "ConceptMap/$translate",
                    List.of(first.system()),
                    new Answer()
                            .text("url", "valueUri", input.text("url"))
                            .text("system", "valueUri", first.system())
                            .text("version", "valueString", first.version())
                            .text("code", "valueCode", first.code())
                            .text("targetsystem", "valueUri", target)
                            .flag("reverse", reverse)
                            .toJson());
        }
        return told(first, matches);
    }

    private static String missing(OperationInput input) {
        return input.text("url") == null
                ? "No concept map is installed for this."
                : "The concept map " + input.text("url") + " is not installed.";
    }

    /** The map that is named, or all those between the value sets or systems that are named. */
    private static List<JsonNode> maps(OperationInput input, @Nullable JsonNode instance, List<JsonNode> all) {
        JsonNode sent = instance != null ? instance : input.resource("conceptMap", "ConceptMap");
        if (sent != null) {
            return List.of(sent);
        }
        String url = input.text("url");
        String version = input.text("conceptMapVersion");
        if (url != null) {
            String canonical = version == null || url.contains("|") ? url : url + "|" + version;
            return all.stream()
                    .filter(map -> Translation.matchesCanonical(map, canonical))
                    .limit(1)
                    .toList();
        }
        String from = input.text("source");
        String to = input.text("target");
        return all.stream()
                .filter(map -> from == null || cites(map, "source", from))
                .filter(map -> to == null || cites(map, "target", to))
                .toList();
    }

    private static boolean cites(JsonNode map, String side, String valueSet) {
        for (String member : List.of(side + "Uri", side + "Canonical")) {
            String cited = map.path(member).asString("");
            if (cited.equals(valueSet) || cited.startsWith(valueSet + "|")) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode told(CodeCheck.Asked asked, List<Translation.Match> matches) {
        boolean found = matches.stream().anyMatch(Translation.Match::positive);
        Answer answer = new Answer().flag("result", found);
        if (!found) {
            answer.text(
                    "message",
                    "valueString",
                    "No installed concept map translates the code " + asked.code() + " of " + asked.system() + ".");
        }
        for (Translation.Match match : matches) {
            ArrayNode parts = answer.parts("match");
            Answer.part(parts, "equivalence", "valueCode", match.equivalence());
            if (!match.code().isEmpty()) {
                Answer.part(
                        parts, "concept", "valueCoding", Answer.coding(match.system(), match.code(), match.display()));
            }
            Answer.part(parts, "source", "valueUri", match.map());
        }
        return answer.toJson();
    }
}
