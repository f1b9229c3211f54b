package allmende.core.terminology.operation;

import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Translates codes by ConceptMaps (R4), forwards and backwards. */
public final class Translation {

    /** How far one map may send to another for what it does not map. */
    private static final int HOPS_MAX = 5;

    /** Equivalences as seen from the other side; all others are the same from both. */
    private static final Map<String, String> REVERSED =
            Map.of("wider", "narrower", "narrower", "wider", "subsumes", "specializes", "specializes", "subsumes");

    /**
     * What is to be translated.
     *
     * @param target code system to translate into; null for any
     * @param reverse from a map's targets to its sources
     */
    public record Asked(
            String system, String code, @Nullable String target, boolean reverse) {}

    /**
     * A code that is found.
     *
     * @param equivalence code of FHIR's concept-map-equivalence
     * @param map canonical URL of the map it is from
     */
    public record Match(String equivalence, String system, String code, String display, String comment, String map) {

        /** Whether the code says something of the one that was asked for. */
        public boolean positive() {
            return !equivalence.equals("unmatched") && !equivalence.equals("disjoint");
        }
    }

    private final List<JsonNode> all;

    /** @param all the maps among which one may refer to another */
    public Translation(List<JsonNode> all) {
        this.all = List.copyOf(all);
    }

    /** Translates by these maps; each match once, in the maps' order. */
    public List<Match> translate(List<JsonNode> maps, Asked asked) {
        Set<Match> matches = new LinkedHashSet<>();
        maps.forEach(map -> matches.addAll(by(map, asked, 0)));
        return List.copyOf(matches);
    }

    private List<Match> by(JsonNode map, Asked asked, int hops) {
        List<Match> matches = new ArrayList<>();
        for (JsonNode group : map.path("group")) {
            String from = Terminology.canonical(
                    group.path(asked.reverse() ? "target" : "source").asString(""));
            String to = group.path(asked.reverse() ? "source" : "target").asString("");
            if (!from.equals(Terminology.canonical(asked.system()))
                    || (asked.target() != null
                            && !Terminology.canonical(asked.target()).equals(Terminology.canonical(to)))) {
                continue;
            }
            String url = map.path("url").asString("");
            if (asked.reverse()) {
                backwards(group, to, asked, url, matches);
            } else if (!forwards(group, to, asked, url, matches)) {
                unmapped(group, to, asked, new Origin(url, hops), matches);
            }
        }
        return matches;
    }

    /** The map that a rule is of, and how many maps were passed on the way to it. */
    private record Origin(String url, int hops) {}

    private static boolean forwards(JsonNode group, String to, Asked asked, String url, List<Match> matches) {
        boolean found = false;
        for (JsonNode element : group.path("element")) {
            if (!element.path("code").asString("").equals(asked.code())) {
                continue;
            }
            found = true;
            for (JsonNode target : element.path("target")) {
                matches.add(new Match(
                        target.path("equivalence").asString("equivalent"),
                        to,
                        target.path("code").asString(""),
                        target.path("display").asString(""),
                        target.path("comment").asString(""),
                        url));
            }
        }
        return found;
    }

    private static void backwards(JsonNode group, String to, Asked asked, String url, List<Match> matches) {
        for (JsonNode element : group.path("element")) {
            for (JsonNode target : element.path("target")) {
                if (target.path("code").asString("").equals(asked.code())) {
                    String equivalence = target.path("equivalence").asString("equivalent");
                    matches.add(new Match(
                            REVERSED.getOrDefault(equivalence, equivalence),
                            to,
                            element.path("code").asString(""),
                            element.path("display").asString(""),
                            target.path("comment").asString(""),
                            url));
                }
            }
        }
    }

    private void unmapped(JsonNode group, String to, Asked asked, Origin origin, List<Match> matches) {
        JsonNode rule = group.path("unmapped");
        switch (rule.path("mode").asString("")) {
            case "provided" -> matches.add(new Match("equivalent", to, asked.code(), "", "", origin.url()));
            case "fixed" ->
                matches.add(new Match(
                        "wider",
                        to,
                        rule.path("code").asString(""),
                        rule.path("display").asString(""),
                        "",
                        origin.url()));
            case "other-map" -> {
                String other = rule.path("url").asString("");
                if (origin.hops() < HOPS_MAX) {
                    all.stream()
                            .filter(map -> matchesCanonical(map, other))
                            .findFirst()
                            .ifPresent(map -> matches.addAll(by(map, asked, origin.hops() + 1)));
                }
            }
            default -> {}
        }
    }

    /** Whether a definition is the one that a canonical reference cites. */
    public static boolean matchesCanonical(JsonNode definition, String canonical) {
        String url = definition.path("url").asString("");
        String version = definition.path("version").asString("");
        return !url.isEmpty() && (canonical.equals(url) || canonical.equals(url + "|" + version));
    }
}
