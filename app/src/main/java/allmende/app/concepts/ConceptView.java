package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.terminology.Terminology;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the pages show of concepts, in the reader's language. */
final class ConceptView {

    private static final Map<String, String> SYSTEMS = Map.of(
            Terminology.ICD_10_GM,
            "ICD-10-GM",
            Terminology.OPS,
            "OPS",
            Terminology.ATC_GERMAN,
            "ATC",
            Terminology.ATC_WHO,
            "ATC (WHO)",
            "http://loinc.org",
            "LOINC",
            "http://snomed.info/sct",
            "SNOMED CT",
            "http://hl7.org/fhir/sid/icd-10",
            "ICD-10 (WHO)",
            "urn:oid:2.16.840.1.113883.3.1937.777.24.5.3",
            "MII Consent",
            "fdpg.consent.combined",
            "FDPG Consent",
            "http://terminology.hl7.org/CodeSystem/v3-ActCode",
            "ActCode");

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
     */
    record Row(
            Concept concept,
            String display,
            String context,
            String system,
            String patients,
            int bar,
            String value,
            String tree) {}

    /** A choice in a filter. */
    record Option(String value, String label, String count, boolean chosen, String address) {}

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
                address.tree(concept));
    }

    List<Row> rows(List<Concept> concepts, ConceptAddress address, Locale language) {
        return concepts.stream().map(concept -> row(concept, address, language)).toList();
    }

    /** All contexts, for a filter. */
    List<Option> contexts(ConceptAddress address, Locale language) {
        return catalogue.contexts().keySet().stream()
                .map(code ->
                        new Option(code, context(code, language), "", code.equals(address.context()), address.in(code)))
                .toList();
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
                .map(uri -> new Option(uri, system(uri), "", uri.equals(address.system()), ""))
                .toList();
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
        return SYSTEMS.getOrDefault(uri, uri);
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
