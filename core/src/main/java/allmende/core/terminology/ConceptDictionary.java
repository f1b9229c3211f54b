package allmende.core.terminology;

import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives concepts their numbers and keeps them. Everything that it gives out is also entered in a journal, in order, so
 * that an index can keep what is new in the same transaction as the facts: it remembers how far it has written
 * ({@link #newsSince}) and hands all of it back at the next start ({@link #restore}). Thread-safe.
 */
public final class ConceptDictionary implements ConceptNumbers {

    /** First position of codes that no hierarchy knows; below it are positions of hierarchies. */
    public static final int FIRST_MET_POSITION = 1 << 30;

    /** A system and the number it was given, from 1. */
    public record SystemEntry(int number, String uri) {}

    /** A code that no hierarchy knows and the concept number it was given. */
    public record CodeEntry(long number, String code) {}

    /**
     * What the dictionary has given out, in order; or the part of it since some mark.
     *
     * @param systems in the order of their numbers
     * @param codes in the order in which they were met
     * @param mark to ask for what comes after this
     */
    public record News(List<SystemEntry> systems, List<CodeEntry> codes, Mark mark) {
        public News {
            systems = List.copyOf(systems);
            codes = List.copyOf(codes);
        }

        /** Whether nothing is new. */
        public boolean isEmpty() {
            return systems.isEmpty() && codes.isEmpty();
        }
    }

    /** How far a reader of the journal has come. */
    public record Mark(int systems, int codes) {

        /** Before everything. */
        public static final Mark START = new Mark(0, 0);
    }

    private final Terminology terminology;
    private final Map<String, SystemNumbers> systems = new ConcurrentHashMap<>();
    private final List<SystemNumbers> systemsInOrder = new ArrayList<>();
    private final LongLog codesInOrder = new LongLog();

    /** Numbers the systems of the terminology; no code has been met yet. */
    public ConceptDictionary(Terminology terminology) {
        this(terminology, new News(List.of(), List.of(), Mark.START));
    }

    private ConceptDictionary(Terminology terminology, News kept) {
        this.terminology = terminology;
        for (SystemEntry entry : kept.systems()) {
            if (entry.number() != systemsInOrder.size() + 1) {
                throw new IllegalArgumentException("system numbers have a gap before " + entry.number());
            }
            enter(entry.uri());
        }
        kept.codes().forEach(this::restoreCode);
        terminology.systemUris().forEach(this::system);
    }

    /**
     * The dictionary as it was when {@code kept} had been given out.
     *
     * @param kept everything from {@link Mark#START} on
     * @throws IllegalArgumentException if it has gaps: it was damaged, what it numbers must be built anew
     */
    public static ConceptDictionary restore(Terminology terminology, News kept) {
        return new ConceptDictionary(terminology, kept);
    }

    @Override
    public long number(Coding coding) {
        SystemNumbers system = system(coding.system());
        OptionalInt known = system.known(coding.code());
        if (known.isPresent()) {
            return system.number(known.getAsInt());
        }
        int met = system.findMet(coding.code());
        return system.number(met >= 0 ? met : meet(system, coding.code()));
    }

    @Override
    public OptionalLong find(Coding coding) {
        SystemNumbers system = systems.get(Terminology.canonical(coding.system()));
        if (system == null) {
            return OptionalLong.empty();
        }
        OptionalInt known = system.known(coding.code());
        int position = known.isPresent() ? known.getAsInt() : system.findMet(coding.code());
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(system.number(position));
    }

    @Override
    public List<ConceptRange> subtree(Coding coding) {
        SystemNumbers system = systems.get(Terminology.canonical(coding.system()));
        if (system == null) {
            return List.of();
        }
        OptionalInt known = system.known(coding.code());
        if (known.isPresent()) {
            return system.subtree(known.getAsInt());
        }
        int met = system.findMet(coding.code());
        return met < 0 ? List.of() : List.of(new ConceptRange(system.number(met), system.number(met)));
    }

    /** What was given out since a mark, for a reader that keeps it. */
    public News newsSince(Mark mark) {
        synchronized (systemsInOrder) {
            List<SystemEntry> newSystems = new ArrayList<>();
            for (SystemNumbers system : systemsInOrder.subList(mark.systems(), systemsInOrder.size())) {
                newSystems.add(new SystemEntry(system.systemNumber(), system.uri()));
            }
            List<CodeEntry> newCodes = new ArrayList<>(codesInOrder.size() - mark.codes());
            for (int i = mark.codes(); i < codesInOrder.size(); i++) {
                long number = codesInOrder.get(i);
                newCodes.add(new CodeEntry(number, bySystemNumber(number).metCode((int) number)));
            }
            return new News(newSystems, newCodes, new Mark(systemsInOrder.size(), codesInOrder.size()));
        }
    }

    /** The concept that has this number; the reverse of {@link #number}, for messages and displays. */
    public Coding coding(long number) {
        synchronized (systemsInOrder) {
            SystemNumbers system = bySystemNumber(number);
            return new Coding(system.uri(), system.code((int) number));
        }
    }

    private SystemNumbers bySystemNumber(long number) {
        return systemsInOrder.get((int) (number >>> 32) - 1);
    }

    private SystemNumbers system(String uri) {
        SystemNumbers system = systems.get(uri);
        if (system != null) {
            return system;
        }
        String canonical = Terminology.canonical(uri);
        SystemNumbers aliased = systems.get(canonical);
        if (aliased != null) {
            return aliased;
        }
        synchronized (systemsInOrder) {
            SystemNumbers entered = systems.get(canonical);
            return entered == null ? enter(canonical) : entered;
        }
    }

    private SystemNumbers enter(String canonical) {
        SystemNumbers system = new SystemNumbers(
                systemsInOrder.size() + 1,
                canonical,
                terminology.hierarchy(canonical).orElse(null));
        systemsInOrder.add(system);
        systems.put(canonical, system);
        return system;
    }

    private int meet(SystemNumbers system, String code) {
        synchronized (systemsInOrder) {
            int met = system.findMet(code);
            if (met < 0) {
                met = system.meet(code);
                codesInOrder.add(system.number(met));
            }
            return met;
        }
    }

    private void restoreCode(CodeEntry entry) {
        int systemNumber = (int) (entry.number() >>> 32);
        if (systemNumber < 1 || systemNumber > systemsInOrder.size()) {
            throw new IllegalArgumentException("a code of a system without a number");
        }
        SystemNumbers system = systemsInOrder.get(systemNumber - 1);
        if (system.findMet(entry.code()) >= 0 || system.number(system.meet(entry.code())) != entry.number()) {
            throw new IllegalArgumentException("code numbers have a gap or a double in system " + systemNumber);
        }
        codesInOrder.add(entry.number());
    }
}
