package allmende.engine.proof;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** When something was, as minutes of German local time from {@code first} to {@code last}, both inclusive. */
record NaiveTime(LocalDateTime first, LocalDateTime last) {

    static final LocalDateTime EVER = LocalDateTime.of(1, 1, 1, 0, 0);
    static final LocalDateTime FOREVER = LocalDateTime.of(9999, 12, 31, 23, 59);

    private static final ZoneId GERMANY = ZoneId.of("Europe/Berlin");

    boolean meets(NaiveTime other) {
        return !first.isAfter(other.last) && !other.first.isAfter(last);
    }

    /** The time an element tells: date, dateTime, instant, Period or Timing; empty where it tells none that exists. */
    static Optional<NaiveTime> of(JsonNode element) {
        try {
            if (element.isString()) {
                return Optional.of(ofText(element.asString()));
            }
            if (element.has("event") || element.has("repeat")) {
                return ofTiming(element);
            }
            return element.has("start") || element.has("end") ? ofPeriod(element) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static NaiveTime ofText(String text) {
        return switch (text.length()) {
            case 4 ->
                new NaiveTime(
                        Year.parse(text).atDay(1).atStartOfDay(),
                        Year.parse(text).atMonth(12).atDay(31).atTime(23, 59));
            case 7 ->
                new NaiveTime(
                        YearMonth.parse(text).atDay(1).atStartOfDay(),
                        YearMonth.parse(text).atEndOfMonth().atTime(23, 59));
            case 10 ->
                new NaiveTime(
                        LocalDate.parse(text).atStartOfDay(),
                        LocalDate.parse(text).atTime(23, 59));
            default -> {
                LocalDateTime local = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                        ? OffsetDateTime.parse(text).atZoneSameInstant(GERMANY).toLocalDateTime()
                        : LocalDateTime.parse(text);
                LocalDateTime minute = local.truncatedTo(ChronoUnit.MINUTES);
                yield new NaiveTime(minute, minute);
            }
        };
    }

    private static Optional<NaiveTime> ofPeriod(JsonNode period) {
        LocalDateTime first = period.has("start") ? ofText(period.get("start").asString()).first : EVER;
        LocalDateTime last = period.has("end") ? ofText(period.get("end").asString()).last : FOREVER;
        return first.isAfter(last) ? Optional.empty() : Optional.of(new NaiveTime(first, last));
    }

    private static Optional<NaiveTime> ofTiming(JsonNode timing) {
        Stream<NaiveTime> events = timing.path("event").valueStream().map(event -> ofText(event.asString()));
        Stream<NaiveTime> bounds =
                Stream.of(timing.path("repeat").path("boundsPeriod")).flatMap(period -> of(period).stream());
        return Stream.concat(events, bounds)
                .reduce((one, other) -> new NaiveTime(
                        one.first.isBefore(other.first) ? one.first : other.first,
                        one.last.isAfter(other.last) ? one.last : other.last));
    }
}
