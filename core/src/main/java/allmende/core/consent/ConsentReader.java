package allmende.core.consent;

import allmende.core.consent.ConsentRecord.Form;
import allmende.core.consent.ConsentRecord.Oddity;
import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one Consent in any of its forms: document, policy with its code at the outer provision, computed status. What
 * can't be understood never permits and always denies, and is noted.
 */
final class ConsentReader {

    private static final String RESULT_TYPE = "http://fhir.de/ConsentManagement/CodeSystem/ResultType";

    /** Texts of refusals and of withdrawals as a whole, by the last part of their identifiers. */
    private static final Set<String> TAKES_ALL_BACK = Set.of("4053", "4054", "2718", "2720", "2722");

    private static final String TEXTS = "2.16.840.1.113883.3.1937.777.24.2.";

    /** How much of a Consent counts, by its status. */
    private enum Standing {
        ALL,
        DENIALS,
        NOTHING
    }

    private final PolicyCatalogue catalogue;
    private final @Nullable BitSet wanted;
    private final String id;
    private final Form form;
    private final Standing standing;
    private final @Nullable TimeSpan signed;
    private final List<Statement> statements = new ArrayList<>();
    private final List<Oddity> oddities = new ArrayList<>();
    private boolean conditional;
    private ProvisionPeriod outer = ProvisionPeriod.OPEN;
    private @Nullable JsonNode lastPeriodNode;
    private ProvisionPeriod lastPeriod = ProvisionPeriod.OPEN;

    private ConsentReader(PolicyCatalogue catalogue, @Nullable BitSet wanted, JsonNode consent, String status) {
        this.catalogue = catalogue;
        this.wanted = wanted;
        this.id = consent.path("id").asString("");
        this.form = form(consent);
        this.standing = standing(status);
        this.signed = FhirTimes.span(consent.get("dateTime"));
        this.conditional = present(consent.get("modifierExtension")) || consent.has("implicitRules");
    }

    /** Reads a Consent; total, never throws. */
    static ConsentRecord read(JsonNode consent, PolicyCatalogue catalogue) {
        return read(consent, catalogue, null);
    }

    /**
     * The same, keeping only what is said about some policies; oddities are noted all the same.
     *
     * @param wanted numbers of policies and modules; null for all
     */
    static ConsentRecord read(JsonNode consent, PolicyCatalogue catalogue, @Nullable BitSet wanted) {
        String status = consent.path("status").asString("");
        ConsentReader reader = new ConsentReader(catalogue, wanted, consent, status);
        reader.read(consent);
        return new ConsentRecord(reader.id, reader.form, status, reader.signed, reader.statements, reader.oddities);
    }

    private static Form form(JsonNode consent) {
        for (JsonNode category : consent.path("category").values()) {
            for (JsonNode coding : category.path("coding").values()) {
                if (coding.path("system").asString("").equals(RESULT_TYPE)) {
                    return switch (coding.path("code").asString("")) {
                        case "policy" -> Form.POLICY;
                        case "consent-status" -> Form.STATUS;
                        default -> Form.DOCUMENT;
                    };
                }
            }
        }
        return Form.DOCUMENT;
    }

    private static Standing standing(String status) {
        return switch (status) {
            case "active" -> Standing.ALL;
            case "draft", "proposed", "entered-in-error" -> Standing.NOTHING;
            default -> Standing.DENIALS;
        };
    }

    private void read(JsonNode consent) {
        switch (standing) {
            case NOTHING -> {
                odd(ConsentReason.VOID, Statement.OUTER);
                return;
            }
            case DENIALS -> odd(ConsentReason.NOT_ACTIVE, Statement.OUTER);
            case ALL -> {}
        }
        if (signed == null) {
            odd(ConsentReason.UNDATED, Statement.OUTER);
        } else if (signed.endMinute() - signed.startMinute() >= 1440) {
            odd(ConsentReason.PARTLY_DATED, Statement.OUTER);
        }
        JsonNode root = consent.get("provision");
        if (root == null || !root.isContainer()) {
            if (takesAllBack(consent)) {
                deniesAll(new ProvisionPeriod(
                        null,
                        true,
                        false,
                        false,
                        0,
                        0,
                        signed == null ? DayIntervals.FIRST : first(signed),
                        DayIntervals.LAST));
            }
            return;
        }
        each(root).forEach(this::root);
    }

    /** The elements of an array; one that is not in an array, as only invalid resources have it, by itself. */
    private static Collection<JsonNode> each(JsonNode node) {
        return node.isArray() ? node.values() : List.of(node);
    }

    private static boolean takesAllBack(JsonNode consent) {
        for (JsonNode policy : consent.path("policy").values()) {
            String uri = policy.path("uri").asString("");
            int at = uri.indexOf(TEXTS);
            if (at >= 0 && TAKES_ALL_BACK.contains(uri.substring(at + TEXTS.length()))) {
                return true;
            }
        }
        return false;
    }

    private void root(JsonNode root) {
        Parts parts = new Parts(root);
        outer = parts.period == null ? ProvisionPeriod.OPEN : period(parts.period, Statement.OUTER);
        conditional |= parts.conditional;
        if (parts.code != null) {
            provision(parts, Statement.OUTER);
        } else if (parts.nested == null) {
            if (parts.permits()) {
                odd(ConsentReason.PERMIT_WITHOUT_CODE, Statement.OUTER);
            } else if (parts.type != null) {
                deniesAll(outer);
            }
        }
        if (parts.nested != null) {
            int place = 0;
            for (JsonNode nested : each(parts.nested)) {
                Parts inner = new Parts(nested);
                provision(inner, place);
                deeper(inner.nested, place);
                place++;
            }
        }
    }

    private void deniesAll(ProvisionPeriod period) {
        odd(ConsentReason.DENIES_ALL, Statement.OUTER);
        add(false, Policy.ALL, period, Statement.OUTER);
    }

    /** Exceptions to exceptions, which the profile forbids: what they deny holds, what they permit does not. */
    private void deeper(@Nullable JsonNode provisions, int place) {
        if (provisions == null) {
            return;
        }
        odd(ConsentReason.NESTED_TOO_DEEP, place);
        for (JsonNode provision : each(provisions)) {
            Parts parts = new Parts(provision);
            if (!parts.permits()) {
                provision(parts, place);
            }
            deeper(parts.nested, place);
        }
    }

    private void provision(Parts parts, int place) {
        if (parts.type == null || !(parts.permits() || parts.type.equals("deny"))) {
            odd(ConsentReason.NO_TYPE, place);
        }
        ProvisionPeriod period = parts.period == null || place == Statement.OUTER ? outer : period(parts.period, place);
        boolean permit = parts.permits();
        if (parts.code == null) {
            if (permit) {
                odd(ConsentReason.PERMIT_WITHOUT_CODE, place);
            } else {
                odd(ConsentReason.DENIES_ALL, place);
                add(false, Policy.ALL, period, place);
            }
            return;
        }
        if (permit && (conditional || parts.conditional)) {
            odd(ConsentReason.CONDITIONAL, place);
            return;
        }
        boolean any = false;
        for (JsonNode concept : each(parts.code)) {
            for (JsonNode coding : each(concept.path("coding"))) {
                any |= code(coding, permit, period, place);
            }
        }
        if (!any) {
            odd(ConsentReason.UNKNOWN_POLICY, place);
        }
    }

    /** Whether the coding is a policy that is known. */
    private boolean code(JsonNode coding, boolean permit, ProvisionPeriod period, int place) {
        int number = Policy.number(
                coding.path("system").asString(""), coding.path("code").asString(""));
        Policy policy = number < 0 ? null : catalogue.find(number);
        if (policy == null) {
            return false;
        }
        if (policy.retired()) {
            odd(ConsentReason.RETIRED_POLICY, place);
        }
        if (wanted == null || wanted.get(number)) {
            add(permit, number, period, place);
        }
        return true;
    }

    private ProvisionPeriod period(JsonNode node, int place) {
        ProvisionPeriod period =
                node.equals(lastPeriodNode) ? lastPeriod : ProvisionPeriod.read(node.isObject() ? node : null);
        lastPeriodNode = node;
        lastPeriod = period;
        if (period.fault() != null) {
            odd(period.fault(), place);
        } else if (place != Statement.OUTER || period.partial()) {
            oddBounds(period, place);
        }
        return period;
    }

    private void oddBounds(ProvisionPeriod period, int place) {
        if (period.partial()) {
            odd(ConsentReason.PERIOD_PARTIAL, place);
        }
        if (!period.started() && place != Statement.OUTER) {
            odd(ConsentReason.PERIOD_WITHOUT_START, place);
        }
        if (!period.ended() && place != Statement.OUTER) {
            odd(ConsentReason.PERIOD_WITHOUT_END, place);
        }
    }

    private void add(boolean permit, int policy, ProvisionPeriod period, int place) {
        if (permit) {
            permit(policy, period, place);
            return;
        }
        statements.add(new Statement(
                false,
                policy,
                period.wideFrom(),
                period.wideUntil(),
                signed == null ? DayIntervals.LAST : last(signed),
                signed == null ? DayIntervals.FIRST : first(signed),
                id,
                place));
    }

    private void permit(int policy, ProvisionPeriod period, int place) {
        if (signed == null || standing != Standing.ALL || period.fault() != null || outer.fault() != null) {
            return;
        }
        int from = period.started() ? period.narrowFrom() : last(signed);
        int until = period.narrowUntil();
        if (until > outer.narrowUntil() || from < outer.narrowFrom()) {
            if (period.ended() || from < outer.narrowFrom()) {
                odd(ConsentReason.PERIOD_CUT, place);
            }
            from = Math.max(from, outer.narrowFrom());
            until = Math.min(until, outer.narrowUntil());
        }
        // a computed permit is as old as the declaration that it was computed from, which its period began with
        int order = form == Form.STATUS ? Math.min(first(signed), from) : first(signed);
        if (from <= until) {
            statements.add(new Statement(true, policy, from, until, order, last(signed), id, place));
        }
    }

    private void odd(ConsentReason reason, int place) {
        oddities.add(new Oddity(reason, place));
    }

    private static int first(TimeSpan span) {
        return ProvisionPeriod.day(span.startMinute());
    }

    private static int last(TimeSpan span) {
        return ProvisionPeriod.day(span.endMinute());
    }

    private static boolean present(@Nullable JsonNode node) {
        return node != null && !node.isEmpty();
    }

    /** The elements of a provision; null for those that are not there. */
    private static final class Parts {
        @Nullable
        String type;

        @Nullable
        JsonNode period;

        @Nullable
        JsonNode code;

        @Nullable
        JsonNode nested;

        boolean conditional;

        Parts(JsonNode provision) {
            for (Map.Entry<String, JsonNode> element : provision.properties()) {
                JsonNode value = element.getValue();
                switch (element.getKey()) {
                    case "type" -> type = value.asString("");
                    case "period" -> period = value;
                    case "code" -> code = value.isEmpty() ? null : value;
                    case "provision" -> nested = value.isEmpty() ? null : value;
                    case "actor",
                            "action",
                            "securityLabel",
                            "purpose",
                            "class",
                            "data",
                            "dataPeriod",
                            "modifierExtension" -> conditional |= !value.isEmpty();
                    default -> {}
                }
            }
        }

        boolean permits() {
            return "permit".equals(type);
        }
    }
}
