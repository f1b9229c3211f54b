package allmende.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Small numbers for names that recur in rows: contexts, attributes, units. Numbers count from 1. Thread-safe. */
final class NameNumbers {

    /** Kinds of names, as they are called in the file. */
    enum Kind {
        CONTEXT,
        ATTRIBUTE,
        UNIT
    }

    /** A name and its number. */
    record Name(int number, String text) {}

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();
    private final List<Name> unsaved = new ArrayList<>();
    private final AtomicInteger last = new AtomicInteger();

    synchronized void restore(Name name) {
        numbers.put(name.text(), name.number());
        names.put(name.number(), name.text());
        last.accumulateAndGet(name.number(), Math::max);
    }

    int number(String name) {
        Integer known = numbers.get(name);
        return known != null ? known : add(name);
    }

    private synchronized int add(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        Name added = new Name(last.incrementAndGet(), name);
        names.put(added.number(), name);
        numbers.put(name, added.number());
        unsaved.add(added);
        return added.number();
    }

    OptionalInt find(String name) {
        Integer known = numbers.get(name);
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** The name with this number, empty where there is none. */
    String name(int number) {
        return names.getOrDefault(number, "");
    }

    /** Names that are not in the file yet. */
    synchronized List<Name> unsaved() {
        return List.copyOf(unsaved);
    }

    /** These are in the file now. */
    synchronized void saved(List<Name> written) {
        unsaved.removeAll(written);
    }
}
