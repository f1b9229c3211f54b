package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the pages show of concepts, in the reader's language. */
final class ConceptView {

    private final ConceptSearch search;
    private final Catalogue catalogue;

    ConceptView(ConceptSearch search, Catalogue catalogue) {
        this.search = search;
        this.catalogue = catalogue;
    }

    /**
     * A concept in a list.
     *
     * @param bar availability from 0 to 100 on a logarithmic scale
     * @param value what a form posts when it is chosen
     * @param tree address of its place in the tree
     * @param details address of all about it
     */
    record Row(
            Concept concept,
            String display,
            String context,
            String system,
            String patients,
            int bar,
            String value,
            String tree,
            String details) {}

    /** A choice in a filter. */
    record Option(String value, String label, String count, boolean chosen, String address) {}

    /** A module with its contexts, of which it has at least one. */
    record Module(String name, Option whole, List<Option> contexts) {}

    /**
     * All about a concept.
     *
     * @param german the German name
     * @param english the English name
     * @param uri of the code system
     * @param synonyms further words
     * @param contexts the concept in each context that can ask for it
     * @param above what is above it, the nearest last
     * @param below what is directly below it
     */
    record Details(
            Row row,
            String german,
            String english,
            String uri,
            List<String> synonyms,
            List<Row> contexts,
            List<Row> above,
            List<Row> below) {}

    Row row(Concept concept, ConceptAddress address, Locale language) {
        String display = concept.display(language);
        return new Row(
                concept,
                display,
                context(concept.context(), language),
                system(concept.system()),
                number(concept.patients(), language),
                bar(concept.patients()),
                new ChosenConcept(concept.context(), concept.coding(), display).value(),
                address.tree(concept),
                address.details(concept));
    }

    List<Row> rows(List<Concept> concepts, ConceptAddress address, Locale language) {
        return concepts.stream().map(concept -> row(concept, address, language)).toList();
    }

    Details details(Concept concept, ConceptAddress address, Locale language) {
        Coding coding = concept.coding();
        return new Details(
                row(concept, address, language),
                concept.displayDe(),
                concept.displayEn(),
                concept.system(),
                search.synonyms(coding),
                rows(search.everywhere(coding), address, language),
                rows(search.parents(coding, concept.context()), address, language),
                rows(search.children(coding, concept.context()), address, language));
    }

    /** All modules with their contexts, for a filter. */
    List<Module> modules(ConceptAddress address, Locale language) {
        Map<String, List<Option>> modules = new LinkedHashMap<>();
        catalogue.contexts().forEach((code, context) -> modules.computeIfAbsent(
                        context.module(), _ -> new ArrayList<>())
                .add(new Option(code, context(code, language), "", code.equals(address.context()), address.in(code))));
        return modules.entrySet().stream()
                .map(entry -> new Module(entry.getKey(), whole(entry.getKey(), address), entry.getValue()))
                .toList();
    }

    private static Option whole(String module, ConceptAddress address) {
        boolean chosen = address.context() == null && module.equals(address.module());
        return new Option(ConceptAddress.wholeModule(module), "", "", chosen, "");
    }

    /** The contexts of what was found, with how much. */
    List<Option> facets(SearchPage page, ConceptAddress address, Locale language) {
        return page.contexts().entrySet().stream()
                .map(entry -> new Option(
                        entry.getKey(),
                        context(entry.getKey(), language),
                        number(entry.getValue(), language),
                        entry.getKey().equals(address.context()),
                        address.in(entry.getKey())))
                .toList();
    }

    /** The code systems that can be walked from their top, each in its context. */
    List<Option> trees(ConceptAddress address, Locale language) {
        return search.trees().entrySet().stream()
                .filter(entry ->
                        !address.contextFixed() || entry.getKey().context().equals(address.context()))
                .filter(entry -> allowed(entry.getKey().system(), address))
                .map(entry -> new Option(
                        entry.getKey().context(),
                        system(entry.getKey().system()) + " – "
                                + context(entry.getKey().context(), language),
                        number(entry.getValue(), language),
                        false,
                        address.top(entry.getKey().context(), entry.getKey().system())))
                .toList();
    }

    /** The code systems, for a filter. */
    List<Option> systems(ConceptAddress address) {
        return search.systems().stream()
                .filter(uri -> allowed(uri, address))
                .map(uri -> new Option(uri, system(uri), "", uri.equals(address.system()), ""))
                .toList();
    }

    /** Whether the system may be chosen: the search is not limited to others, and a fixed context has something of it. */
    private boolean allowed(String system, ConceptAddress address) {
        boolean listed = address.systems().isEmpty()
                || address.systems().stream().map(Terminology::canonical).anyMatch(system::equals);
        String context = address.context();
        boolean there = !address.contextFixed() || context == null || search.has(context, List.of(system));
        return listed && there;
    }

    String context(String code, Locale language) {
        ContextDefinition context = catalogue.contexts().get(code);
        if (context == null) {
            return code;
        }
        boolean german = language.getLanguage().equals(Locale.GERMAN.getLanguage());
        return german ? context.titles().de() : context.titles().en();
    }

    static String system(String uri) {
        return SystemNames.of(uri);
    }

    static String number(long number, Locale language) {
        return NumberFormat.getIntegerInstance(language).format(number);
    }

    private int bar(long patients) {
        long most = search.mostPatients();
        return patients == 0 || most <= 1
                ? 0
                : Math.clamp(Math.round(100 * Math.log1p((double) patients) / Math.log1p((double) most)), 1, 100);
    }
}
