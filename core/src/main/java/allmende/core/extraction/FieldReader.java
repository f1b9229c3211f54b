package allmende.core.extraction;

import allmende.core.cohort.Place;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields and filters of a group. */
final class FieldReader {

    private final List<Problem> departures;

    FieldReader(List<Problem> departures) {
        this.departures = departures;
    }

    List<Attribute> attributes(Place list) {
        List<Attribute> attributes = new ArrayList<>();
        Set<String> elements = new HashSet<>();
        for (Place place : list.items()) {
            if (place.object("The field")) {
                String element = place.at("attributeRef").requiredText("The field's element");
                if (!element.isEmpty() && !elements.add(element)) {
                    place.at("attributeRef").problem(ProblemCode.FIELD_TWICE, element);
                }
                attributes.add(new Attribute(
                        element,
                        place.at("mustHave").flag(),
                        place.at("linkedGroups").texts(),
                        place.pointer()));
            }
        }
        return attributes;
    }

    List<ResourceFilter> filters(Place list) {
        List<ResourceFilter> filters = new ArrayList<>();
        for (Place place : list.items()) {
            ResourceFilter filter = place.object("The filter") ? filter(place) : null;
            if (filter instanceof ResourceFilter.Days
                    && filters.stream().anyMatch(ResourceFilter.Days.class::isInstance)) {
                departures.add(Problem.of(place.pointer(), ProblemCode.SEVERAL_DATE_FILTERS));
            }
            if (filter != null) {
                filters.add(filter);
            }
        }
        return filters;
    }

    private @Nullable ResourceFilter filter(Place place) {
        String type = place.at("type").requiredText("The filter's type");
        String name = place.at("name").requiredText("The filter's search parameter");
        return switch (type) {
            case "token" -> new ResourceFilter.Codes(name, codes(place.at("codes")));
            case "date" -> days(place, name);
            default -> {
                if (!type.isEmpty()) {
                    place.at("type").problem(ProblemCode.RESOURCE_FILTER_TYPE, type);
                }
                yield null;
            }
        };
    }

    private List<Coding> codes(Place list) {
        if (list.withoutItems()) {
            list.problem(ProblemCode.NO_FILTER_CODE);
        }
        List<Coding> codes = new ArrayList<>();
        for (Place place : list.items()) {
            if (place.object("The code")) {
                String system = place.at("system").requiredText("The code's system");
                String code = place.at("code").requiredText("The code");
                codes.add(Terminology.canonical(new Coding(system, code)));
                if (!place.at("display").present()) {
                    departures.add(Problem.of(place.pointer() + "/display", ProblemCode.NEWEST_HAS_CODE_TEXT));
                }
            }
        }
        return codes;
    }

    private static ResourceFilter days(Place place, String name) {
        LocalDate first = day(place.at("start"));
        LocalDate last = day(place.at("end"));
        if (!place.at("start").present() && !place.at("end").present()) {
            place.problem(ProblemCode.EMPTY_DATE_FILTER);
        }
        if (first != null && last != null && last.isBefore(first)) {
            place.at("end").problem(ProblemCode.END_BEFORE_START);
        }
        return new ResourceFilter.Days(name, first, last);
    }

    private static @Nullable LocalDate day(Place place) {
        String text = place.text();
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            place.problem(ProblemCode.WHOLE_DATE);
            return null;
        }
    }
}
