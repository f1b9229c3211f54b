package allmende.app.fhirapi;

import allmende.app.audit.AccessLogReader.Wanted;
import allmende.engine.search.SearchRequest.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the access log.
 *
 * @param asked the parameters besides those of the page
 * @param wanted the entries
 * @param count how many of them on a page
 */
record AuditEventQuery(List<Parameter> asked, Wanted wanted, int count) {

    private static final int COUNT = 50;
    private static final int COUNT_MAX = 1_000;

    /** Where a day begins that names no offset. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /**
     * Reads the parameters.
     *
     * @throws FhirProblem 400 for any that the log can't be asked by
     */
    static AuditEventQuery of(List<Parameter> parameters) {
        List<Parameter> asked = new ArrayList<>();
        Wanted wanted = Wanted.ALL;
        int count = COUNT;
        for (Parameter parameter : parameters) {
            String value = parameter.value();
            switch (parameter.name()) {
                case "_count" -> count = (int) Math.min(number(parameter), COUNT_MAX);
                case "_page" ->
                    wanted = new Wanted(wanted.who(), wanted.patient(), wanted.from(), wanted.to(), number(parameter));
                case "agent", "agent:identifier" ->
                    wanted = new Wanted(value, wanted.patient(), wanted.from(), wanted.to(), wanted.before());
                case "patient" -> {
                    String id = value.substring(value.lastIndexOf('/') + 1);
                    wanted = new Wanted(wanted.who(), id, wanted.from(), wanted.to(), wanted.before());
                }
                case "date", "_lastUpdated" -> wanted = narrowed(wanted, parameter);
                default ->
                    throw FhirProblem.notSupported(
                            "The access log is asked by date (or _lastUpdated), patient, agent and _count.",
                            parameter.name());
            }
            if (!parameter.name().startsWith("_page") && !parameter.name().equals("_count")) {
                asked.add(parameter);
            }
        }
        return new AuditEventQuery(asked, wanted, count);
    }

    private static long number(Parameter parameter) {
        if (!parameter.value().matches("[1-9][0-9]{0,17}")) {
            throw FhirProblem.invalid(parameter.name() + " is a positive whole number.", parameter.name());
        }
        return Long.parseLong(parameter.value());
    }

    /** A time from its beginning to before its end. */
    private record Stretch(Instant from, Instant to) {

        static Stretch of(String text) {
            return switch (text.length()) {
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
                    // a plus sign in a query is a space to those who decode it
                    Instant moment =
                            OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
                    yield new Stretch(moment, text.indexOf('.') < 0 ? moment.plusSeconds(1) : moment.plusMillis(1));
                }
            };
        }

        private static Stretch days(LocalDate first, LocalDate after) {
            return new Stretch(
                    first.atStartOfDay(ZONE).toInstant(),
                    after.atStartOfDay(ZONE).toInstant());
        }
    }

    private static Wanted narrowed(Wanted wanted, Parameter parameter) {
        String value = parameter.value();
        boolean prefixed = value.length() > 2 && Character.isLetter(value.charAt(0));
        String prefix = prefixed ? value.substring(0, 2) : "eq";
        Stretch time;
        try {
            time = Stretch.of(prefixed ? value.substring(2) : value);
        } catch (DateTimeException notOne) {
            throw FhirProblem.of(
                    400,
                    "value",
                    parameter.name() + " is a date such as ge2026-01-31, or a time with its offset.",
                    parameter.name());
        }
        return switch (prefix) {
            case "eq" -> between(wanted, time.from(), time.to());
            case "ge" -> between(wanted, time.from(), null);
            case "gt", "sa" -> between(wanted, time.to(), null);
            case "lt", "eb" -> between(wanted, null, time.from());
            case "le" -> between(wanted, null, time.to());
            default ->
                throw FhirProblem.of(
                        400, "not-supported", "The log knows eq, ge, gt, le, lt, sa and eb.", parameter.name());
        };
    }

    private static Wanted between(Wanted wanted, @Nullable Instant from, @Nullable Instant to) {
        Instant first = wanted.from();
        Instant last = wanted.to();
        if (from != null && (first == null || from.isAfter(first))) {
            first = from;
        }
        if (to != null && (last == null || to.isBefore(last))) {
            last = to;
        }
        return new Wanted(wanted.who(), wanted.patient(), first, last, wanted.before());
    }

    /** Names of what was asked by. */
    List<String> names() {
        return asked.stream().map(Parameter::name).toList();
    }

    /** The query of the page after an entry. */
    String after(long last) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : asked) {
            query.append(parameter.name())
                    .append('=')
                    .append(URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8))
                    .append('&');
        }
        return query + "_count=" + count + "&_page=" + last;
    }
}
