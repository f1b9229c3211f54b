package allmende.app.quality;

import allmende.core.path.Env;
import allmende.core.path.FhirPath;
import allmende.core.path.Item;
import allmende.core.path.Moment;
import allmende.core.path.PathFault;
import allmende.core.terminology.Units;
import allmende.engine.terminology.IcdLimits;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds one resource against the rules. A pure function of the resource, its patient and today. */
final class RuleCheck {

    private static final Set<String> ICD =
            Set.of("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://fhir.de/CodeSystem/dimdi/icd-10-gm");
    static final String LOINC = "http://loinc.org";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final int DATE_LENGTH = 10;

    private final RuleBook book;
    private final IcdLimits icd;
    private final Units units = new Units();

    RuleCheck(RuleBook book, IcdLimits icd) {
        this.book = book;
        this.icd = icd;
    }

    /**
     * What is to be checked.
     *
     * @param patient whom it is about, where known
     * @param orphan whether a reference of it leads to nothing
     * @param duplicate whether its content is there a second time
     */
    record Subject(String type, JsonNode resource, @Nullable JsonNode patient, boolean orphan, boolean duplicate) {}

    List<Found> check(Subject subject, LocalDate today) {
        Env env = env(subject, today);
        List<Found> found = new ArrayList<>();
        for (Rule rule : book.rules()) {
            if (rule.isAbout(subject.type()) && isBroken(rule, subject, env)) {
                found.add(Found.of(rule));
            }
        }
        return found;
    }

    private static Env env(Subject subject, LocalDate today) {
        Item resource = Item.Element.of(subject.resource());
        List<Item> patient = subject.patient() == null ? List.of() : List.of(Item.Element.of(subject.patient()));
        List<Item> day = Moment.of("date", today.toString())
                .map(moment -> List.<Item>of(new Item.When(moment)))
                .orElse(List.of());
        return new Env(resource, Map.of("patient", patient, "today", day), 0);
    }

    private boolean isBroken(Rule rule, Subject subject, Env env) {
        FhirPath violated = rule.violated();
        if (violated != null) {
            return isTrue(violated, env);
        }
        return switch (rule.check()) {
            case "orphan" -> subject.orphan();
            // looked for over all resources together, see UsualUnits
            case UsualUnits.CHECK -> false;
            case "duplicate" -> subject.duplicate();
            case "late" -> isLate(rule, env);
            case "icd-sex" -> anyIcd(subject, limit -> fitsNotSex(limit, subject));
            case "icd-age" -> anyIcd(subject, limit -> fitsNotAge(limit, subject));
            case "unit-ucum" -> quantities(subject.resource()).stream().anyMatch(this::isNotUcum);
            case "unit-dimension" -> measured(subject.resource(), this::isOtherDimension);
            case "bounds" -> measured(subject.resource(), this::isOutside);
            default -> throw new IllegalStateException("no check is called " + rule.check());
        };
    }

    /** Data that an expression has no meaning for break other rules, not this one. */
    private static boolean isTrue(FhirPath path, Env env) {
        try {
            List<Item> items = path.evaluate(env.resource(), env);
            return items.size() == 1 && items.getFirst().value() instanceof Item.Truth(boolean truth) && truth;
        } catch (PathFault fault) {
            return false;
        }
    }

    private static boolean isLate(Rule rule, Env env) {
        Optional<LocalDate> event = date(rule.event(), env);
        Optional<LocalDate> recorded = date(rule.recorded(), env);
        return event.isPresent()
                && recorded.isPresent()
                && ChronoUnit.DAYS.between(event.get(), recorded.get()) > rule.days();
    }

    private static Optional<LocalDate> date(@Nullable FhirPath path, Env env) {
        try {
            List<Item> items = path == null ? List.of() : path.evaluate(env.resource(), env);
            return items.size() == 1 && items.getFirst() instanceof Item.Element element
                    ? day(element.json().asString(""))
                    : Optional.empty();
        } catch (PathFault fault) {
            return Optional.empty();
        }
    }

    /** The day; empty where less than a day is told. */
    private static Optional<LocalDate> day(String text) {
        try {
            return text.length() < DATE_LENGTH
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(text.substring(0, DATE_LENGTH)));
        } catch (java.time.format.DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private boolean anyIcd(Subject subject, Predicate<IcdLimits.Limit> broken) {
        if (subject.patient() == null) {
            return false;
        }
        for (JsonNode coding : subject.resource().path("code").path("coding")) {
            boolean wanted = ICD.contains(coding.path("system").asString(""));
            if (wanted
                    && icd.of(coding.path("code").asString("")).filter(broken).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean fitsNotSex(IcdLimits.Limit limit, Subject subject) {
        String sex = subject.patient() == null
                ? ""
                : subject.patient().path("gender").asString("");
        boolean told = sex.equals("male") || sex.equals("female");
        return told && limit.sex() != null && !limit.sex().equals(sex);
    }

    private static boolean fitsNotAge(IcdLimits.Limit limit, Subject subject) {
        JsonNode patient = subject.patient();
        Optional<LocalDate> birth = patient == null
                ? Optional.empty()
                : day(patient.path("birthDate").asString(""));
        Optional<LocalDate> event = day(subject.resource().path("onsetDateTime").asString(""))
                .or(() -> day(subject.resource().path("recordedDate").asString("")));
        if (birth.isEmpty() || event.isEmpty()) {
            return false;
        }
        long age = ChronoUnit.DAYS.between(birth.get(), event.get());
        boolean young = limit.lowDays() != null && age >= 0 && age < limit.lowDays();
        return young || (limit.highDays() != null && age > limit.highDays());
    }

    private static List<JsonNode> quantities(JsonNode resource) {
        List<JsonNode> quantities = new ArrayList<>();
        quantities.add(resource.path("valueQuantity"));
        resource.path("component").forEach(component -> quantities.add(component.path("valueQuantity")));
        quantities.removeIf(quantity -> !quantity.isObject());
        return quantities;
    }

    private boolean isNotUcum(JsonNode quantity) {
        String code = quantity.path("code").asString("");
        return quantity.path("system").asString("").equals(UCUM) && !code.isEmpty() && !units.knows(code);
    }

    /** A test of a measured value against the bound of its code. */
    private interface Test {
        boolean holds(RuleBook.Bound bound, BigDecimal value, String unit);
    }

    private boolean measured(JsonNode resource, Test test) {
        if (measured(resource, resource.path("valueQuantity"), test)) {
            return true;
        }
        for (JsonNode component : resource.path("component")) {
            if (measured(component, component.path("valueQuantity"), test)) {
                return true;
            }
        }
        return false;
    }

    private boolean measured(JsonNode coded, JsonNode quantity, Test test) {
        if (!quantity.path("value").isNumber() || !quantity.path("code").isString()) {
            return false;
        }
        for (JsonNode coding : coded.path("code").path("coding")) {
            RuleBook.Bound bound = coding.path("system").asString("").equals(LOINC)
                    ? book.bound(coding.path("code").asString(""))
                    : null;
            if (bound != null
                    && test.holds(
                            bound,
                            quantity.path("value").decimalValue(),
                            quantity.path("code").asString())) {
                return true;
            }
        }
        return false;
    }

    private boolean isOtherDimension(RuleBook.Bound bound, BigDecimal value, String unit) {
        return units.knows(unit) && !units.convertible(unit, bound.unit());
    }

    private boolean isOutside(RuleBook.Bound bound, BigDecimal value, String unit) {
        return units.convert(value, unit, bound.unit())
                .map(converted -> converted.compareTo(bound.low()) < 0 || converted.compareTo(bound.high()) > 0)
                .orElse(false);
    }
}
