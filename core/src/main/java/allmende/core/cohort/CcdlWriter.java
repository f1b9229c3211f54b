package allmende.core.cohort;

import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes queries as CCDL 2.0.0, with what they ask beyond it in the property {@code allmende}. Reading what was written gives an equal query: of texts, those of first term codes are
 * kept.
 */
public final class CcdlWriter {

    private static final int MINUTES_PER_DAY = 1440;

    private final JsonMapper mapper = FhirJson.mapper();

    /** The query as UTF-8 JSON. */
    public byte[] write(CohortQuery query) {
        ObjectNode document = mapper.createObjectNode();
        document.put("version", "2");
        groups(query.inclusion(), document.putArray("inclusionCriteria"));
        if (!query.exclusion().isEmpty()) {
            groups(query.exclusion(), document.putArray("exclusionCriteria"));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    }

    /** One criterion. */
    public static ObjectNode node(Criterion criterion) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        criterion(criterion, node);
        return node;
    }

    /** A code as it stands in term codes, selected concepts, contexts and names of attributes. */
    public static ObjectNode node(Coding coding, String display) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        coding(coding, display, node);
        return node;
    }

    /** The property {@code valueFilter}; displays are codes. */
    public static ObjectNode node(ValueFilter filter) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        filter(filter, node);
        return node;
    }

    /** An element of {@code attributeFilters}; displays are codes. */
    public static ObjectNode node(AttributeFilter attribute) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        attribute(attribute, node);
        return node;
    }

    /** The property {@code timeRestriction}. */
    public static ObjectNode node(TimeSpan time) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        time(time, node);
        return node;
    }

    /** The property {@code allmende}. */
    public static ObjectNode node(CriterionExtension extension) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        extension(extension, node);
        return node;
    }

    private static void groups(List<List<Criterion>> groups, ArrayNode list) {
        groups.forEach(group -> criteria(group, list.addArray()));
    }

    private static void criteria(List<Criterion> criteria, ArrayNode list) {
        criteria.forEach(criterion -> criterion(criterion, list.addObject()));
    }

    private static void criterion(Criterion criterion, ObjectNode node) {
        ObjectNode context = node.putObject("context");
        coding(new Coding(Catalogue.CONTEXT_SYSTEM, criterion.context()), criterion.context(), context);
        ArrayNode terms = node.putArray("termCodes");
        for (Coding term : criterion.termCodes()) {
            coding(term, terms.isEmpty() ? criterion.display() : term.code(), terms.addObject());
        }
        ValueFilter value = criterion.value();
        if (value != null) {
            filter(value, node.putObject("valueFilter"));
        }
        if (!criterion.attributes().isEmpty()) {
            ArrayNode list = node.putArray("attributeFilters");
            criterion.attributes().forEach(attribute -> attribute(attribute, list.addObject()));
        }
        TimeSpan time = criterion.time();
        if (time != null) {
            time(time, node.putObject("timeRestriction"));
        }
        if (!criterion.extension().isEmpty()) {
            extension(criterion.extension(), node.putObject(ExtensionReader.PROPERTY));
        }
    }

    private static void extension(CriterionExtension extension, ObjectNode node) {
        Integer atLeast = extension.atLeast();
        if (atLeast != null) {
            node.put("atLeast", atLeast);
        }
        Position position = extension.position();
        if (position != null) {
            node.put("position", position.name().toLowerCase(Locale.ROOT));
        }
        Within within = extension.within();
        if (within != null) {
            ObjectNode part = node.putObject("within");
            part.put("days", within.days());
            part.put("direction", within.direction().name().toLowerCase(Locale.ROOT));
            criterion(within.of(), part.putObject("of"));
        }
    }

    private static void coding(Coding coding, String display, ObjectNode node) {
        node.put("system", coding.system());
        node.put("code", coding.code());
        node.put("display", display);
    }

    private static void attribute(AttributeFilter attribute, ObjectNode node) {
        coding(attribute.attribute(), attribute.attribute().code(), node.putObject("attributeCode"));
        switch (attribute) {
            case AttributeFilter.OfValue(Coding _, ValueFilter filter) -> filter(filter, node);
            case AttributeFilter.OfReference(Coding _, List<Criterion> criteria) -> {
                node.put("type", "reference");
                criteria(criteria, node.putArray("criteria"));
            }
        }
    }

    private static void filter(ValueFilter filter, ObjectNode node) {
        switch (filter) {
            case ValueFilter.Concepts concepts -> {
                node.put("type", "concept");
                ArrayNode list = node.putArray("selectedConcepts");
                concepts.concepts().forEach(concept -> coding(concept, concept.code(), list.addObject()));
            }
            case ValueFilter.Comparison comparison -> {
                node.put("type", "quantity-comparator");
                node.put("comparator", comparison.comparator().name().toLowerCase(Locale.ROOT));
                node.put("value", comparison.value());
                unit(comparison.unit(), node);
            }
            case ValueFilter.Range range -> {
                node.put("type", "quantity-range");
                node.put("minValue", range.minimum());
                node.put("maxValue", range.maximum());
                unit(range.unit(), node);
            }
        }
    }

    private static void unit(@Nullable String unit, ObjectNode filter) {
        if (unit != null) {
            ObjectNode node = filter.putObject("unit");
            node.put("code", unit);
            node.put("display", unit);
        }
    }

    private static void time(TimeSpan time, ObjectNode node) {
        if (time.startMinute() != TimeSpan.OPEN_START) {
            node.put("afterDate", date(time.startMinute()));
        }
        if (time.endMinute() != TimeSpan.OPEN_END) {
            node.put("beforeDate", date(time.endMinute()));
        }
    }

    private static String date(long minute) {
        return LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_PER_DAY)).toString();
    }
}
