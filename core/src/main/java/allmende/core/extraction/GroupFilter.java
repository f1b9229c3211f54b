package allmende.core.extraction;

import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Terminology;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which resources a group wants. Of several tests by code one must hold, of those by date all.
 *
 * @param codes tests by code
 * @param days tests by date
 */
record GroupFilter(List<CodeTest> codes, List<DayTest> days) {

    GroupFilter {
        codes = List.copyOf(codes);
        days = List.copyOf(days);
    }

    /** Elements, and the codes of which one must be there; systems by their present URI. */
    record CodeTest(List<ElementRef> elements, Set<Coding> wanted) {}

    /** Elements, and the days that one of them must touch. */
    record DayTest(List<ElementRef> elements, TimeSpan days) {}

    /** The rule that keeps a resource out; null where none does. */
    @Nullable
    ExclusionRule refuses(JsonNode resource) {
        if (!codes.isEmpty() && codes.stream().noneMatch(test -> holds(test, resource))) {
            return ExclusionRule.FILTER_CODE;
        }
        for (DayTest test : days) {
            if (!holds(test, resource)) {
                return ExclusionRule.FILTER_DATE;
            }
        }
        return null;
    }

    private static boolean holds(CodeTest test, JsonNode resource) {
        for (ElementRef element : test.elements()) {
            for (JsonNode value : element.in(resource)) {
                if (hasOne(value, test.wanted())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasOne(JsonNode value, Set<Coding> wanted) {
        if (value.isString()) {
            String code = value.stringValue();
            return wanted.stream().anyMatch(each -> each.code().equals(code));
        }
        JsonNode list = value.get("coding");
        if (list != null && list.isArray()) {
            for (JsonNode coding : list.values()) {
                if (isOne(coding, "code", wanted)) {
                    return true;
                }
            }
            return false;
        }
        return isOne(value, value.has("code") ? "code" : "value", wanted);
    }

    private static boolean isOne(JsonNode coding, String member, Set<Coding> wanted) {
        JsonNode system = coding.get("system");
        JsonNode code = coding.get(member);
        return system != null
                && code != null
                && system.isString()
                && code.isString()
                && wanted.contains(new Coding(Terminology.canonical(system.stringValue()), code.stringValue()));
    }

    private static boolean holds(DayTest test, JsonNode resource) {
        for (ElementRef element : test.elements()) {
            for (JsonNode value : element.in(resource)) {
                TimeSpan span = FhirTimes.span(value);
                if (span != null && span.overlaps(test.days())) {
                    return true;
                }
            }
        }
        return false;
    }
}
