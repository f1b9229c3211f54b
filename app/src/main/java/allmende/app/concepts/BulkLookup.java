package allmende.app.concepts;

import allmende.core.cohort.ContextDefinition;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** Finds the concepts of pasted codes. */
final class BulkLookup {

    /** More codes than this are cut off, so that nobody keeps the portal busy with a book. */
    static final int CODES_MAX = 2_000;

    private static final int CANDIDATES_MAX = 20;
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|/\"'`()\\[\\]{}<>]+");
    private static final Pattern WITH_SYSTEM = Pattern.compile("((?:https?://|urn:)[^\\s|]+)\\|([^\\s,;\"']+)");

    private final Shelf shelf;
    private final ConceptFilter filter;

    BulkLookup(Shelf shelf, ConceptFilter filter) {
        this.shelf = shelf;
        this.filter = filter;
    }

    /** A pasted code, with its system where that stands before it. */
    private record Pasted(@Nullable String system, String code) {}

    BulkResult of(String text) throws IOException {
        Set<Pasted> codes = codes(text);
        Map<Pasted, List<Concept>> candidates = new LinkedHashMap<>();
        for (Pasted pasted : codes) {
            if (candidates.size() < CODES_MAX) {
                candidates.put(pasted, concepts(pasted));
            }
        }
        Set<Concept> found = new LinkedHashSet<>();
        List<BulkResult.Ambiguous> ambiguous = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Set<String> guessed = commonest(candidates.values());
        candidates.forEach((pasted, concepts) -> {
            List<Concept> likely = concepts.stream()
                    .filter(concept -> guessed.contains(concept.system()))
                    .toList();
            if (concepts.isEmpty()) {
                missing.add(pasted.code());
            } else if (concepts.size() == 1 || likely.size() == 1) {
                found.add(concepts.size() == 1 ? concepts.getFirst() : likely.getFirst());
            } else {
                ambiguous.add(new BulkResult.Ambiguous(pasted.code(), concepts));
            }
        });
        return new BulkResult(List.copyOf(found), ambiguous, missing, Math.max(0, codes.size() - CODES_MAX));
    }

    /** The systems that most of the list's codes have: a list is mostly of one kind, so that it tells what the rest is. */
    private static Set<String> commonest(Collection<List<Concept>> candidates) {
        Map<String, Long> counts = new HashMap<>();
        candidates.forEach(concepts -> concepts.stream()
                .map(Concept::system)
                .distinct()
                .forEach(system -> counts.merge(system, 1L, Long::sum)));
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        Set<String> systems = new HashSet<>(counts.keySet());
        systems.removeIf(system -> counts.getOrDefault(system, 0L) < most);
        return systems;
    }

    private static Set<Pasted> codes(String text) {
        Set<Pasted> codes = new LinkedHashSet<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = WITH_SYSTEM.matcher(line);
            StringBuilder rest = new StringBuilder();
            while (matcher.find()) {
                codes.add(new Pasted(Terminology.canonical(matcher.group(1)), matcher.group(2)));
                matcher.appendReplacement(rest, " ");
            }
            matcher.appendTail(rest);
            bare(rest.toString()).forEach(code -> codes.add(new Pasted(null, code)));
        }
        return codes;
    }

    /** The codes of a line: where some piece has a digit, pieces without one are words that explain it. */
    private static List<String> bare(String line) {
        List<String> pieces = Arrays.stream(SEPARATORS.split(line))
                .filter(piece -> !Words.code(piece).isEmpty())
                .toList();
        List<String> digits = pieces.stream()
                .filter(piece -> piece.chars().anyMatch(Character::isDigit))
                .toList();
        return digits.isEmpty() ? pieces : digits;
    }

    /** What the code may mean, one concept per coding: of several contexts the one that the catalogue means by itself. */
    private List<Concept> concepts(Pasted pasted) throws IOException {
        ConceptFilter narrowed = pasted.system() == null
                ? filter
                : new ConceptFilter(
                        filter.context(), filter.module(), pasted.system(), filter.withData(), filter.systems());
        Ranking ranking = new Ranking(shelf, narrowed);
        ranking.run(new TermQuery(new Term(EntryIndexer.BARE_CODE, Words.code(pasted.code()))));
        Map<Coding, Concept> byCoding = new LinkedHashMap<>();
        for (int number : ranking.page(0, CANDIDATES_MAX)) {
            Concept concept = shelf.concept(number);
            byCoding.merge(concept.coding(), concept, this::usual);
        }
        List<Concept> candidates = List.copyOf(byCoding.values());
        List<Concept> literal = candidates.stream()
                .filter(concept -> concept.code().equalsIgnoreCase(pasted.code()))
                .toList();
        return literal.size() == 1 ? literal : candidates;
    }

    private Concept usual(Concept one, Concept other) {
        ContextDefinition meant = shelf.catalogue().defaultContext(one.coding());
        return meant != null && meant.code().equals(other.context()) ? other : one;
    }
}
