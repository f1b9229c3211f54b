package allmende.core.terminology.operation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists the codes of a value set: filtered by text, in pages or as a hierarchy, always in the same order. */
public final class Expander {

    /** Most codes of one page, or of an expansion without pages. */
    public static final int PAGE_MAX = 10_000;

    /** Most codes that an expansion may have in all. */
    public static final int TOTAL_MAX = 1_000_000;

    /**
     * What is wanted of an expansion.
     *
     * @param filter words that the codes' texts must have; empty for all
     * @param offset codes to pass over
     * @param count codes per page; negative for all
     * @param activeOnly leave inactive codes out
     * @param nested put codes below those that stand above them, where no page is asked for
     * @param language preferred language of texts, BCP 47; null for the code system's own
     * @param designations give all texts
     */
    public record Wanted(
            String filter,
            int offset,
            int count,
            boolean activeOnly,
            boolean nested,
            @Nullable String language,
            boolean designations) {

        /** Everything, flat. */
        public static final Wanted ALL = new Wanted("", 0, -1, false, false, null, false);
    }

    /** A code of an expansion, and those below it. */
    public record Entry(
            String system,
            String version,
            String code,
            String display,
            boolean inactive,
            boolean isAbstract,
            List<Designation> designations,
            List<Entry> below) {
        public Entry {
            designations = List.copyOf(designations);
            below = List.copyOf(below);
        }
    }

    private final CodeSet codes;
    private final Wanted wanted;
    private final @Nullable TextFilter filter;

    private Expander(CodeSet codes, Wanted wanted) {
        this.codes = codes;
        this.wanted = wanted;
        filter = wanted.filter().isBlank() ? null : new TextFilter(wanted.filter());
    }

    /** Lists the codes, or says what is in the way. */
    public static Expansion expand(CodeSet codes, Wanted wanted) {
        List<Gap> gaps = codes.unlisted();
        if (!gaps.isEmpty()) {
            return new Expansion.NotHere(gaps.getFirst());
        }
        if (codes.size() > TOTAL_MAX) {
            return tooCostly("The value set has more than " + TOTAL_MAX + " codes.");
        }
        return new Expander(codes, wanted).expand();
    }

    private Expansion expand() {
        List<Members> members = codes.parts().stream().map(this::members).toList();
        int total = members.stream().mapToInt(Members::size).sum();
        boolean paged = wanted.count() >= 0 || wanted.offset() > 0;
        int page = wanted.count() < 0 ? Math.max(0, total - wanted.offset()) : wanted.count();
        if (Math.min(page, total) > PAGE_MAX) {
            return tooCostly("The expansion has " + total + " codes; ask for pages of at most " + PAGE_MAX
                    + " with count and offset, or narrow it with filter.");
        }
        List<Entry> entries = new ArrayList<>();
        if (wanted.nested() && !paged) {
            members.forEach(each -> nest(each, entries));
        } else {
            int skip = wanted.offset();
            for (Members each : members) {
                for (int i = skip; i < each.size() && entries.size() < page; i++) {
                    entries.add(each.entry(i, List.of()));
                }
                skip = Math.max(0, skip - each.size());
            }
        }
        return new Expansion.Expanded(total, entries, used());
    }

    private List<String> used() {
        return codes.parts().stream()
                .filter(part -> part.size() > 0)
                .map(part -> part.version().isEmpty() ? part.system() : part.system() + "|" + part.version())
                .distinct()
                .toList();
    }

    private static Expansion tooCostly(String reason) {
        return new Expansion.NotHere(new Gap("", Gap.Kind.TOO_COSTLY, reason));
    }

    /** Those of a part that are wanted: concepts of a table, then listed codes. */
    private final class Members {
        private final CodeSetPart part;
        private final int[] concepts;
        private final List<String> listed;

        Members(CodeSetPart part, int[] concepts, List<String> listed) {
            this.part = part;
            this.concepts = concepts;
            this.listed = listed;
        }

        int size() {
            return concepts.length + listed.size();
        }

        Entry entry(int index, List<Entry> below) {
            if (index >= concepts.length) {
                String code = listed.get(index - concepts.length);
                String display = part.listed().getOrDefault(code, "");
                return new Entry(part.system(), part.version(), code, display, false, false, List.of(), below);
            }
            ConceptTable table = Objects.requireNonNull(part.table());
            int concept = concepts[index];
            String own = part.ownDisplay(concept);
            String display = wanted.language() == null && own != null ? own : table.display(concept, wanted.language());
            return new Entry(
                    part.system(),
                    part.version(),
                    table.code(concept),
                    display,
                    !table.active(concept),
                    table.isAbstract(concept),
                    wanted.designations() ? table.designations(concept) : List.of(),
                    below);
        }
    }

    private Members members(CodeSetPart part) {
        IntLog kept = new IntLog();
        ConceptTable table = part.table();
        if (table != null) {
            for (int i = 0; i < part.order().size(); i++) {
                int concept = part.order().get(i);
                if ((!wanted.activeOnly() || table.active(concept))
                        && (filter == null || matches(part, table, concept))) {
                    kept.add(concept);
                }
            }
        }
        List<String> listed = part.listed().entrySet().stream()
                .filter(each -> filter == null || filter.matches(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return new Members(part, kept.toArray(), listed);
    }

    private boolean matches(CodeSetPart part, ConceptTable table, int concept) {
        TextFilter words = Objects.requireNonNull(filter);
        String own = part.ownDisplay(concept);
        return words.matches(table, concept) || (own != null && words.matches("", own));
    }

    /** Each concept once: below the first of its parents that is a member, or at the top. */
    private void nest(Members members, List<Entry> entries) {
        ConceptTable table = members.part.table();
        if (table != null) {
            new Nesting(members, table).tops(entries);
        }
        for (int i = members.concepts.length; i < members.size(); i++) {
            entries.add(members.entry(i, List.of()));
        }
    }

    /** Puts the members of one part below one another. */
    private static final class Nesting {

        /** Deeper than any classification is; what is below that is put there side by side. */
        private static final int DEPTH_MAX = 100;

        private final Members members;
        private final List<List<Integer>> below = new ArrayList<>();
        private final List<Integer> tops = new ArrayList<>();

        Nesting(Members members, ConceptTable table) {
            this.members = members;
            BitSet inside = new BitSet();
            int[] index = new int[table.size()];
            for (int i = 0; i < members.concepts.length; i++) {
                inside.set(members.concepts[i]);
                index[members.concepts[i]] = i;
                below.add(new ArrayList<>(0));
            }
            for (int i = 0; i < members.concepts.length; i++) {
                int above = -1;
                for (int parent : table.parents(members.concepts[i])) {
                    above = above < 0 && inside.get(parent) ? index[parent] : above;
                }
                (above < 0 ? tops : below.get(above)).add(i);
            }
        }

        void tops(List<Entry> entries) {
            tops.forEach(each -> entries.add(entry(each, 0)));
        }

        private Entry entry(int index, int depth) {
            List<Entry> children = depth == DEPTH_MAX
                    ? List.of()
                    : below.get(index).stream()
                            .map(each -> entry(each, depth + 1))
                            .toList();
            return members.entry(index, children);
        }
    }
}
