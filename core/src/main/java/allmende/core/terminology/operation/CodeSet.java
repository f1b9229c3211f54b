package allmende.core.terminology.operation;

import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The codes that a value set stands for, as far as they can be told here. What can't be told is kept as {@link Gap}s, so
 * that a code of a system that is not here is neither in nor out.
 */
public final class CodeSet {

    /** Whether a code is a member. */
    public enum Member {
        IN,
        OUT,
        UNKNOWN
    }

    private final Map<String, CodeSetPart> parts = new LinkedHashMap<>();

    /** There may be further members. */
    private final Set<Gap> gaps = new LinkedHashSet<>();

    /** Some members may not be ones. */
    private final Set<Gap> doubts = new LinkedHashSet<>();

    /** Whether a code is a member; of a version if one is named that the set tells apart. */
    public Member contains(String systemUri, @Nullable String version, String code) {
        String system = Terminology.canonical(systemUri);
        boolean in = parts.values().stream()
                .filter(part -> part.system().equals(system))
                .anyMatch(part -> part.contains(code));
        Set<Gap> open = in ? doubts : gaps;
        if (open.stream().anyMatch(gap -> gap.concerns(system))) {
            return Member.UNKNOWN;
        }
        return in ? Member.IN : Member.OUT;
    }

    /** The reason why it can't be told whether a code of this system is a member. */
    public Optional<Gap> gap(String systemUri) {
        String system = Terminology.canonical(systemUri);
        return allGaps().stream().filter(gap -> gap.concerns(system)).findFirst();
    }

    /** Everything that can't be told; a whole code system that is not here is among it. */
    public List<Gap> unlisted() {
        List<Gap> all = new ArrayList<>(allGaps());
        for (CodeSetPart part : parts.values()) {
            if (part.whole()) {
                all.add(new Gap(
                        part.system(),
                        Gap.Kind.SYSTEM,
                        "The code system " + part.system() + " is not installed, so its codes can't be listed."));
            }
        }
        return all;
    }

    /** Number of members that can be listed. */
    public int size() {
        return parts.values().stream().mapToInt(CodeSetPart::size).sum();
    }

    /** The systems among whose codes this one is, for a code without system. */
    public List<String> systemsOf(String code) {
        return parts.values().stream()
                .filter(part -> part.contains(code))
                .map(CodeSetPart::system)
                .distinct()
                .toList();
    }

    /** Systems of which every code is a member, though they are not here; empty where that does not describe them whole. */
    public Optional<Set<String>> wholeSystems() {
        Set<String> systems = new LinkedHashSet<>();
        for (CodeSetPart part : parts.values()) {
            if (part.whole() && !part.removed().isEmpty()) {
                return Optional.empty();
            }
            if (part.whole()) {
                systems.add(part.system());
            }
        }
        return Optional.of(systems);
    }

    /** Hands out the members that can be listed, as system and code, in order. */
    public void forEach(BiConsumer<String, String> members) {
        for (CodeSetPart part : parts.values()) {
            ConceptTable table = part.table();
            if (table != null) {
                for (int i = 0; i < part.order().size(); i++) {
                    members.accept(part.system(), table.code(part.order().get(i)));
                }
            }
            part.listed().keySet().forEach(code -> members.accept(part.system(), code));
        }
    }

    List<CodeSetPart> parts() {
        return List.copyOf(parts.values());
    }

    CodeSetPart part(String systemUri, String version, @Nullable ConceptTable table) {
        String system = Terminology.canonical(systemUri);
        return parts.computeIfAbsent(
                system + "|" + version + (table == null ? "" : "|here"), _ -> new CodeSetPart(system, version, table));
    }

    void gap(Gap gap) {
        gaps.add(gap);
    }

    void addAll(CodeSet other) {
        for (CodeSetPart part : other.parts.values()) {
            part(part.system(), part.version(), part.table()).addAll(part);
        }
        gaps.addAll(other.gaps);
        doubts.addAll(other.doubts);
    }

    void retainAll(CodeSet other) {
        for (CodeSetPart part : List.copyOf(parts.values())) {
            if (part.whole()) {
                takeFrom(other, part);
            }
        }
        parts.values().forEach(part -> part.keep(code -> other.listsOrHolds(part.system(), code)));
        gaps.addAll(other.gaps);
        doubts.addAll(other.doubts);
    }

    void removeAll(CodeSet other) {
        for (CodeSetPart part : parts.values()) {
            part.keep(code -> !other.listsOrHolds(part.system(), code));
            if (part.whole()) {
                other.parts.values().stream()
                        .filter(each -> each.system().equals(part.system()))
                        .forEach(each -> excludeFromWhole(part, each));
            }
        }
        doubts.addAll(other.gaps);
        gaps.addAll(other.doubts);
    }

    void keepActive() {
        for (CodeSetPart part : parts.values()) {
            ConceptTable table = part.table();
            if (table != null) {
                part.keepConcepts(table::active);
            }
        }
    }

    /** Of a whole system, only what the other set holds of it stays. */
    private void takeFrom(CodeSet other, CodeSetPart part) {
        boolean otherWhole = other.parts.values().stream()
                .anyMatch(each -> each.whole() && each.system().equals(part.system()));
        if (otherWhole) {
            return;
        }
        parts.values().remove(part);
        for (CodeSetPart each : other.parts.values()) {
            if (each.system().equals(part.system())) {
                part(each.system(), each.version(), each.table()).addAll(each);
            }
        }
    }

    private static void excludeFromWhole(CodeSetPart part, CodeSetPart excluded) {
        ConceptTable table = excluded.table();
        if (table != null) {
            for (int i = 0; i < excluded.order().size(); i++) {
                part.removed().add(table.code(excluded.order().get(i)));
            }
        }
        part.removed().addAll(excluded.listed().keySet());
    }

    private boolean listsOrHolds(String system, String code) {
        return parts.values().stream().anyMatch(part -> part.system().equals(system) && part.contains(code));
    }

    private List<Gap> allGaps() {
        List<Gap> all = new ArrayList<>(gaps);
        all.addAll(doubts);
        return all;
    }
}
