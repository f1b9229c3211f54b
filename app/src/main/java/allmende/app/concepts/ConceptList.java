package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.DerivedTerm;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Lists every concept that the catalogue's contexts may ask for: whole code systems for the contexts that claim them, the
 * terms that a context has by its nature, and what the project's own files give to contexts. Parents stand before their
 * children.
 */
final class ConceptList {

    /** The chapter of neoplasms, which is all that a primary tumour can be coded with. */
    private static final String NEOPLASMS = "II";

    private static final String TUMOURS = "MII_Onkologie_Diagnose";

    private final Terminology terminology;
    private final OwnNames names;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    private ConceptList(Terminology terminology, OwnNames names) {
        this.terminology = terminology;
        this.names = names;
    }

    static List<Entry> of(Terminology terminology, Catalogue catalogue, OwnNames names) {
        ConceptList list = new ConceptList(terminology, names);
        catalogue.contexts().values().forEach(list::context);
        names.given().forEach(given -> catalogue
                .context(given.context())
                .ifPresent(context -> list.add(context, given.coding(), list.above(given), "")));
        return list.entries;
    }

    private void context(ContextDefinition context) {
        for (FactRule rule : context.facts()) {
            if (rule.term() instanceof TermSource.Fixed fixed) {
                add(context, fixed.coding(), -1, fixed.display());
            }
        }
        for (DerivedTerm derived : context.derived()) {
            add(context, derived.term(), -1, derived.display());
        }
        for (String claimed : context.defaultFor()) {
            terminology
                    .system(claimed)
                    .ifPresent(system ->
                            hierarchy(context, system, 0, system.hierarchy().size() - 1));
        }
        if (context.code().equals(TUMOURS)) {
            terminology
                    .system(Terminology.ICD_10_GM)
                    .ifPresent(icd -> icd.hierarchy().position(NEOPLASMS).ifPresent(chapter -> icd.hierarchy()
                            .subtree(chapter)
                            .forEach(part -> hierarchy(context, icd, part.low(), part.high()))));
        }
    }

    /** The concepts of a part of a hierarchy; its numbering is in pre-order, so that ancestors are met first. */
    private void hierarchy(ContextDefinition context, Terminology.CodeSystem system, int from, int to) {
        Hierarchy hierarchy = system.hierarchy();
        List<int[]> open = new ArrayList<>();
        for (int position = from; position <= to; position++) {
            while (!open.isEmpty() && open.getLast()[0] < position) {
                open.removeLast();
            }
            String code = hierarchy.code(position);
            int parent = open.isEmpty() ? -1 : open.getLast()[1];
            int place = add(
                    context,
                    new Coding(system.uri(), code),
                    parent,
                    hierarchy.display(code).orElse(""));
            open.add(new int[] {hierarchy.subtree(position).getFirst().high(), place});
        }
    }

    private int add(ContextDefinition context, Coding coding, int parent, String text) {
        Integer known = places.get(Entry.key(context.code(), coding));
        if (known != null) {
            return known;
        }
        OwnNames.Names own = names.of(coding);
        entries.add(new Entry(
                context.code(),
                context.module(),
                coding,
                parent,
                text.isEmpty() ? own.de() : calm(text),
                own.en(),
                own.synonyms()));
        places.put(Entry.key(context.code(), coding), entries.size() - 1);
        return entries.size() - 1;
    }

    /** Chapters of OPS are printed in capitals. */
    private static String calm(String text) {
        boolean loud = text.length() > 3 && text.equals(text.toUpperCase(Locale.GERMAN));
        return loud && text.chars().noneMatch(Character::isDigit)
                ? text.charAt(0) + text.substring(1).toLowerCase(Locale.GERMAN)
                : text;
    }

    /** Where a system's hierarchy follows from its codes, the longest listed code that a code begins with. */
    private int above(OwnNames.Given given) {
        if (!given.coding().system().equals(Terminology.ATC_GERMAN)) {
            return -1;
        }
        String code = given.coding().code();
        for (int length = code.length() - 1; length > 0; length--) {
            Integer place = places.get(
                    Entry.key(given.context(), new Coding(given.coding().system(), code.substring(0, length))));
            if (place != null) {
                return place;
            }
        }
        return -1;
    }

    /** Differs, as far as a checksum can tell, whenever the list does. */
    static String fingerprint(Terminology terminology, Catalogue catalogue, OwnNames names) {
        CRC32 checksum = new CRC32();
        StringBuilder text = new StringBuilder(terminology.fingerprint());
        terminology.systemUris().forEach(uri -> terminology.system(uri).ifPresent(system -> text.append(uri)
                .append(system.version())
                .append(system.hierarchy().size())));
        catalogue.contexts().values().forEach(context -> text.append(context.toString()));
        checksum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(checksum.getValue()) + "-" + Long.toHexString(names.fingerprint());
    }
}
