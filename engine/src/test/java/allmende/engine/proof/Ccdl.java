package allmende.engine.proof;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes queries as CCDL documents. */
final class Ccdl {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Ccdl() {}

    static ObjectNode write(CohortQuery query) {
        ObjectNode document = JSON.objectNode().put("version", "2");
        document.set("inclusionCriteria", groups(query.inclusion()));
        if (!query.exclusion().isEmpty()) {
            document.set("exclusionCriteria", groups(query.exclusion()));
        }
        return document;
    }

    private static ArrayNode groups(List<List<Criterion>> groups) {
        ArrayNode array = JSON.arrayNode();
        groups.forEach(group -> array.add(criteria(group)));
        return array;
    }

    private static ArrayNode criteria(List<Criterion> criteria) {
        ArrayNode array = JSON.arrayNode();
        criteria.forEach(criterion -> array.add(criterion(criterion)));
        return array;
    }

    private static ObjectNode criterion(Criterion criterion) {
        ObjectNode node = JSON.objectNode();
        node.set("context", coding(new Coding("fdpg.mii.cds", criterion.context())));
        criterion.termCodes().forEach(term -> node.withArray("termCodes").add(coding(term)));
        if (criterion.value() != null) {
            node.set("valueFilter", filter(criterion.value()));
        }
        for (AttributeFilter attribute : criterion.attributes()) {
            node.withArray("attributeFilters").add(attribute(attribute));
        }
        TimeSpan time = criterion.time();
        if (time != null) {
            ObjectNode restriction = node.putObject("timeRestriction");
            if (time.startMinute() != TimeSpan.OPEN_START) {
                restriction.put("afterDate", day(time.startMinute()));
            }
            if (time.endMinute() != TimeSpan.OPEN_END) {
                restriction.put("beforeDate", day(time.endMinute()));
            }
        }
        if (!criterion.extension().equals(CriterionExtension.NONE)) {
            node.set("allmende", extension(criterion.extension()));
        }
        return node;
    }

    private static ObjectNode extension(CriterionExtension extension) {
        ObjectNode node = JSON.objectNode();
        if (extension.within() != null) {
            Within within = extension.within();
            ObjectNode part = node.putObject("within");
            part.set("of", criterion(within.of()));
            part.put("direction", within.direction().name().toLowerCase(Locale.ROOT))
                    .put("days", within.days());
        }
        if (extension.position() != null) {
            node.put("position", extension.position().name().toLowerCase(Locale.ROOT));
        }
        if (extension.atLeast() != null) {
            node.put("atLeast", extension.atLeast());
        }
        return node;
    }

    private static String day(long minute) {
        return LocalDate.ofEpochDay(Math.floorDiv(minute, 1440)).toString();
    }

    private static ObjectNode attribute(AttributeFilter attribute) {
        ObjectNode node =
                switch (attribute) {
                    case AttributeFilter.OfValue(Coding ignored, ValueFilter value) -> filter(value);
                    case AttributeFilter.OfReference(Coding ignored, List<Criterion> criteria) -> {
                        ObjectNode reference = JSON.objectNode().put("type", "reference");
                        reference.set("criteria", criteria(criteria));
                        yield reference;
                    }
                };
        node.set("attributeCode", coding(attribute.attribute()));
        return node;
    }

    private static ObjectNode filter(ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts(List<Coding> concepts) -> {
                ObjectNode node = JSON.objectNode().put("type", "concept");
                concepts.forEach(concept -> node.withArray("selectedConcepts").add(coding(concept)));
                yield node;
            }
            case ValueFilter.Comparison comparison -> {
                ObjectNode node = JSON.objectNode()
                        .put("type", "quantity-comparator")
                        .put("comparator", comparison.comparator().name().toLowerCase(Locale.ROOT));
                node.set("value", JSON.numberNode(comparison.value()));
                yield withUnit(node, comparison.unit());
            }
            case ValueFilter.Range range -> {
                ObjectNode node = JSON.objectNode().put("type", "quantity-range");
                node.set("minValue", JSON.numberNode(range.minimum()));
                node.set("maxValue", JSON.numberNode(range.maximum()));
                yield withUnit(node, range.unit());
            }
        };
    }

    private static ObjectNode withUnit(ObjectNode node, @Nullable String unit) {
        if (unit != null) {
            node.putObject("unit").put("code", unit).put("display", unit);
        }
        return node;
    }

    private static ObjectNode coding(Coding coding) {
        return JSON.objectNode().put("code", coding.code()).put("display", "").put("system", coding.system());
    }
}
