package allmende.core.extraction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What of an element one group wants: all of it, or some of what is below it, or some slices. Built once per group, then
 * only read.
 */
final class Keep {

    private boolean whole;
    private boolean open;
    private final Map<String, Keep> children = new HashMap<>();
    private final List<Choice> choices = new ArrayList<>();
    private final Map<String, Keep> slices = new HashMap<>();
    private final Map<String, Keep> extensions = new HashMap<>();
    private List<Slice> slicing = List.of();

    private record Choice(ElementRef.Step step, Keep keep) {}

    /** What a group wants of resources of its profile. */
    static Keep of(ProfileShape shape, List<ElementRef> wanted) {
        Keep root = new Keep();
        for (ElementRef ref : wanted) {
            Keep keep = root;
            for (ElementRef.Step step : ref.steps()) {
                keep = keep.down(step);
            }
            keep.whole = true;
        }
        root.join();
        shape.slices().forEach((path, slices) -> root.slice(path.split("\\."), 0, slices));
        if (shape.type().equals("Patient")) {
            // which numbers a patient has is for the rules of de-identification to say, not for a profile
            Keep identifier = root.children.get("identifier");
            if (identifier != null) {
                identifier.open = true;
            }
        }
        return root;
    }

    /**
     * Makes of fields that overlap their union: what is wanted as a whole needs no parts, a type of a choice has also what is
     * wanted of any type, and a slice what is wanted of any item.
     */
    private void join() {
        if (whole) {
            children.clear();
            choices.clear();
            slices.clear();
            extensions.clear();
            return;
        }
        for (Choice general : List.copyOf(choices)) {
            if (general.step().property() == null) {
                choices.stream()
                        .filter(each -> each.step().property() != null
                                && each.step().name().equals(general.step().name()))
                        .forEach(each -> each.keep().add(general.keep()));
            }
        }
        choices.sort(Comparator.comparing(each -> each.step().property() == null));
        slices.values().forEach(each -> {
            each.addBelow(this);
            each.join();
        });
        children.values().forEach(Keep::join);
        choices.forEach(each -> each.keep().join());
        extensions.values().forEach(Keep::join);
    }

    private void add(Keep other) {
        whole |= other.whole;
        addBelow(other);
        other.slices.forEach(
                (name, keep) -> slices.computeIfAbsent(name, each -> new Keep()).add(keep));
    }

    private void addBelow(Keep other) {
        other.children.forEach((name, keep) ->
                children.computeIfAbsent(name, each -> new Keep()).add(keep));
        other.choices.forEach(each -> choice(each.step()).add(each.keep()));
        other.extensions.forEach((url, keep) ->
                extensions.computeIfAbsent(url, each -> new Keep()).add(keep));
    }

    private Keep down(ElementRef.Step step) {
        Keep child = step.choice() ? choice(step) : children.computeIfAbsent(step.name(), name -> new Keep());
        String url = step.extension();
        if (url != null) {
            Keep extension = child.extensions.computeIfAbsent(url, each -> new Keep());
            extension.all("url");
            return extension;
        }
        Slice slice = step.slice();
        if (slice == null) {
            return child;
        }
        Keep some = child.slices.computeIfAbsent(slice.name(), name -> new Keep());
        JsonNode pattern = slice.pattern();
        if (pattern != null) {
            // what tells the slice stays, or nobody could tell it any more
            pattern.propertyNames().forEach(some::all);
        }
        return some;
    }

    private void all(String child) {
        children.computeIfAbsent(child, name -> new Keep()).whole = true;
    }

    private Keep choice(ElementRef.Step step) {
        for (Choice known : choices) {
            if (known.step().equals(step)) {
                return known.keep();
            }
        }
        Keep keep = new Keep();
        choices.add(new Choice(step, keep));
        return keep;
    }

    /** Tells which slices the list at the path has, where anything of it is wanted. */
    private void slice(String[] path, int depth, List<Slice> known) {
        if (depth == path.length) {
            slicing = known;
            return;
        }
        slices.values().forEach(each -> each.slice(path, depth, known));
        int colon = path[depth].indexOf(':');
        String name = colon < 0 ? path[depth] : path[depth].substring(0, colon);
        if (name.endsWith("[x]")) {
            String plain = name.substring(0, name.length() - 3);
            if (whole && choices.stream().noneMatch(each -> each.step().name().equals(plain))) {
                choice(new ElementRef.Step(plain, true, null, null, null)).whole = true;
            }
            choices.stream().filter(each -> each.step().name().equals(plain)).forEach(each -> each.keep()
                    .slice(path, depth + 1, known));
            return;
        }
        Keep child = children.get(name);
        if (child == null && whole) {
            child = new Keep();
            child.whole = true;
            children.put(name, child);
        }
        if (child == null) {
            return;
        }
        if (colon < 0) {
            child.slice(path, depth + 1, known);
            return;
        }
        Keep slice = child.inSlice(path[depth].substring(colon + 1));
        if (slice != null) {
            slice.slice(path, depth + 1, known);
        }
    }

    /** What is wanted of the items of a slice, where it has slices of its own inside; null for nothing of its own. */
    private @Nullable Keep inSlice(String name) {
        if (whole && !slices.containsKey(name)) {
            Keep all = new Keep();
            all.whole = true;
            slices.put(name, all);
        }
        return slices.get(name);
    }

    /** Whether everything is wanted, without a look at anything below. */
    boolean plain() {
        return whole && children.isEmpty() && choices.isEmpty() && slicing.isEmpty();
    }

    /** Whether what is not named is wanted as well. */
    boolean whole() {
        return whole;
    }

    /** What is wanted of a property; null for nothing. */
    @Nullable
    Keep child(String property) {
        Keep child = children.get(property);
        if (child != null) {
            return child;
        }
        for (Choice choice : choices) {
            if (choice.step().names(property)) {
                return choice.keep();
            }
        }
        return whole ? Everything.KEEP : null;
    }

    /** What is wanted of an extension of this list of extensions; null for nothing but what the profile knows. */
    @Nullable
    Keep extension(String url) {
        return extensions.get(url);
    }

    /** What is wanted of an item of this list; null for nothing. An item of no slice that the profile knows is not wanted. */
    @Nullable
    Keep item(JsonNode item) {
        if (slicing.isEmpty() && slices.isEmpty()) {
            return this;
        }
        boolean unclear = slicing.isEmpty();
        boolean below = whole || !children.isEmpty() || !choices.isEmpty() || !extensions.isEmpty();
        for (Slice slice : slicing) {
            if (slice.pattern() == null) {
                unclear = true;
            } else if (slice.matches(item)) {
                Keep some = slices.get(slice.name());
                return some != null ? some : below ? this : null;
            }
        }
        return below && (open || unclear || isStub(item)) ? this : null;
    }

    /** Whether an item holds nothing but the reason why it is empty. */
    private static boolean isStub(JsonNode item) {
        return item.isObject() && item.size() == 1 && item.has("extension");
    }

    /** Holder of the one that wants everything. */
    private static final class Everything {
        private static final Keep KEEP = new Keep();

        static {
            KEEP.whole = true;
        }
    }

    static Keep everything() {
        return Everything.KEEP;
    }
}
