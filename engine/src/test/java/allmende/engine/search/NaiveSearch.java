package allmende.engine.search;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What FHIR R4 says of a few search parameters, read from the resources one by one: slow, and short enough to be believed. */
final class NaiveSearch {

    static final String UCUM = "http://unitsofmeasure.org";

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final List<JsonNode> all;

    NaiveSearch(List<JsonNode> all) {
        this.all = all;
    }

    boolean matches(JsonNode resource, String name, List<String> values) {
        if (name.startsWith("_has:Observation:")) {
            String rest = name.substring(name.indexOf(':', "_has:Observation:".length()) + 1);
            String key = "Patient/" + resource.path("id").asString();
            return all.stream()
                    .filter(one ->
                            one.path("subject").path("reference").asString("").equals(key))
                    .anyMatch(one -> matches(one, rest, values));
        }
        int dot = name.indexOf('.');
        if (dot > 0) {
            String target = resource.path("subject").path("reference").asString("");
            return all.stream()
                    .filter(one -> ("Patient/" + one.path("id").asString()).equals(target))
                    .anyMatch(one -> matches(one, name.substring(dot + 1), values));
        }
        String[] parts = name.split(":");
        String modifier = parts.length > 1 ? parts[1] : "";
        if (modifier.equals("missing")) {
            return values.equals(List.of("true")) == absent(resource, parts[0]);
        }
        if (modifier.equals("not")) {
            return values.stream().noneMatch(value -> one(resource, parts[0], "", value));
        }
        return values.stream().anyMatch(value -> one(resource, parts[0], modifier, value));
    }

    private static boolean absent(JsonNode resource, String code) {
        return switch (code) {
            case "family" -> resource.path("name").isEmpty();
            case "birthdate" -> !resource.has("birthDate");
            case "date" -> !resource.has("effectiveDateTime");
            case "value-quantity" -> !resource.has("valueQuantity");
            default -> !resource.has(code);
        };
    }

    private static boolean one(JsonNode resource, String code, String modifier, String value) {
        return switch (code) {
            case "_id" -> resource.path("id").asString().equals(value);
            case "gender", "status" -> resource.path(code).asString("").equals(value);
            case "code" -> codings(resource).anyMatch(coding -> coding(coding, value));
            case "family" ->
                resource.path("name")
                        .valueStream()
                        .anyMatch(name -> text(name.path("family").asString(), modifier, value));
            case "birthdate" -> date(resource.path("birthDate").asString(""), value);
            case "date" -> date(resource.path("effectiveDateTime").asString(""), value);
            case "value-quantity" -> quantity(resource.path("valueQuantity"), value);
            case "subject", "patient" ->
                resource.path("subject")
                        .path("reference")
                        .asString("")
                        .equals(value.contains("/") ? value : "Patient/" + value);
            default -> throw new IllegalArgumentException(code);
        };
    }

    private static Stream<JsonNode> codings(JsonNode resource) {
        return resource.path("code").path("coding").valueStream();
    }

    private static boolean coding(JsonNode coding, String value) {
        String system = coding.path("system").asString("");
        String code = coding.path("code").asString("");
        int bar = value.indexOf('|');
        return bar < 0
                ? code.equals(value)
                : system.equals(value.substring(0, bar))
                        && (bar == value.length() - 1 || code.equals(value.substring(bar + 1)));
    }

    private static boolean text(String text, String modifier, String written) {
        String value = written.replace("\\|", "|").replace("\\,", ",");
        return switch (modifier) {
            case "exact" -> text.equals(value);
            case "contains" -> plain(text).contains(plain(value));
            default -> plain(text).startsWith(plain(value));
        };
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss");
    }

    /** From its first to its last millisecond. */
    private record Span(long first, long last) {

        static @Nullable Span of(String text) {
            return switch (text.length()) {
                case 0 -> null;
                case 4 ->
                    days(
                            Year.parse(text).atDay(1),
                            Year.parse(text).plusYears(1).atDay(1));
                case 7 ->
                    days(
                            YearMonth.parse(text).atDay(1),
                            YearMonth.parse(text).plusMonths(1).atDay(1));
                case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
                default -> {
                    long second = OffsetDateTime.parse(text).toInstant().toEpochMilli();
                    yield new Span(second, second + 999);
                }
            };
        }

        private static Span days(LocalDate first, LocalDate after) {
            return new Span(
                    first.atStartOfDay(ZONE).toInstant().toEpochMilli(),
                    after.atStartOfDay(ZONE).toInstant().toEpochMilli() - 1);
        }
    }

    private static String prefix(String value) {
        return value.length() > 2 && Character.isLetter(value.charAt(0)) ? value.substring(0, 2) : "";
    }

    private static boolean date(String written, String value) {
        Span there = Span.of(written);
        if (there == null) {
            return false;
        }
        String prefix = prefix(value);
        Span asked = Objects.requireNonNull(Span.of(value.substring(prefix.length())));
        boolean inside = there.first() >= asked.first() && there.last() <= asked.last();
        return switch (prefix) {
            case "", "eq" -> inside;
            case "ne" -> !inside;
            case "gt" -> there.last() > asked.last();
            case "ge" -> there.last() > asked.last() || inside;
            case "lt" -> there.first() < asked.first();
            case "le" -> there.first() < asked.first() || inside;
            case "sa" -> there.first() > asked.last();
            case "eb" -> there.last() < asked.first();
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static boolean quantity(JsonNode there, String value) {
        if (!there.has("value")) {
            return false;
        }
        String[] parts = value.split("\\|");
        String prefix = prefix(parts[0]);
        BigDecimal asked = new BigDecimal(parts[0].substring(prefix.length()));
        BigDecimal half = BigDecimal.ONE.movePointLeft(asked.scale()).divide(BigDecimal.TWO);
        BigDecimal number = there.path("value").decimalValue();
        if (parts.length == 3) {
            if (!there.has("code")) {
                return false;
            }
            number = number.multiply(grams(there.path("code").asString()));
            BigDecimal factor = grams(parts[2]);
            asked = asked.multiply(factor);
            half = half.multiply(factor);
        }
        Predicate<BigDecimal> equal = around(asked, half);
        return switch (prefix) {
            case "", "eq" -> equal.test(number);
            case "ne" -> !equal.test(number);
            case "gt", "sa" -> number.compareTo(asked) > 0;
            case "ge" -> number.compareTo(asked) >= 0;
            case "lt", "eb" -> number.compareTo(asked) < 0;
            case "le" -> number.compareTo(asked) <= 0;
            default -> throw new IllegalArgumentException(value);
        };
    }

    /** What its digits leave open: from half a digit below to just below half a digit above. */
    private static Predicate<BigDecimal> around(BigDecimal asked, BigDecimal half) {
        return number -> number.compareTo(asked.subtract(half)) >= 0 && number.compareTo(asked.add(half)) < 0;
    }

    private static BigDecimal grams(String unit) {
        return unit.equals("mg/dL") ? new BigDecimal("0.01") : BigDecimal.ONE;
    }
}
