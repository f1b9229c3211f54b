package allmende.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FhirTimesTest {

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static long minute(LocalDateTime local) {
        return Math.floorDiv(ChronoUnit.SECONDS.between(EPOCH, local), 60L);
    }

    private static TimeSpan span(String first, String last) {
        return new TimeSpan(minute(LocalDateTime.parse(first)), minute(LocalDateTime.parse(last)));
    }

    private static TimeRead read(String json) {
        return FhirTimes.read(FhirJson.parse(json.getBytes(UTF_8)));
    }

    private static TimeRead known(String first, String last) {
        return new TimeRead.Known(span(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "2021, 2021-01-01T00:00, 2021-12-31T23:59",
        "2024-02, 2024-02-01T00:00, 2024-02-29T23:59",
        "2021-05-03, 2021-05-03T00:00, 2021-05-03T23:59",
        "2021-05-03T10:15:59, 2021-05-03T10:15, 2021-05-03T10:15",
        "2021-05-03T10:15, 2021-05-03T10:15, 2021-05-03T10:15",
        "2021-05-03T10:15:00Z, 2021-05-03T12:15, 2021-05-03T12:15",
        "2021-01-03T23:30:00Z, 2021-01-04T00:30, 2021-01-04T00:30",
        "2021-05-03T10:15:00.123456+02:00, 2021-05-03T10:15, 2021-05-03T10:15",
        "2021-05-03T10:15:00-05:00, 2021-05-03T17:15, 2021-05-03T17:15",
        "2016-12-31T23:59:60Z, 2017-01-01T00:59, 2017-01-01T00:59",
        "1945-06-01T10:00:00Z, 1945-06-01T13:00, 1945-06-01T13:00",
    })
    void readsDates(String date, String first, String last) {
        assertThat(FhirTimes.span(date)).isEqualTo(span(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2021-02-30",
                "2021-13",
                "2021-00",
                "2021-2",
                "21",
                "0000",
                "2023-02-29",
                "2021-05-03T24:00:00",
                "2021-05-03T10:60:00",
                "2021-05-03T10:15:61",
                "2021-05-03T",
                "2021-05-03T10",
                "2021-05-03T10:15:00.",
                "2021-05-03T10:15:00+15:00",
                "2021-05-03T10:15:00+2:00",
                "2021-05-03T10:15:00z",
                "2021-05-03 10:15:00",
                "2021-05-03T10:15:00Zx",
                "03.05.2021",
                "20210503",
                "2021-05-3",
                " 2021",
                "2021-05-03T1O:15:00Z",
                "２０２１",
                "-2021",
                "2021-1²"
            })
    void tellsIllegalFromAbsent(String date) {
        assertThat(FhirTimes.span(date)).isNull();
        assertThat(FhirTimes.read(FhirJson.mapper().getNodeFactory().stringNode(date)))
                .isInstanceOf(TimeRead.Illegal.class);
    }

    @Test
    void readsPeriods() {
        assertThat(read("{\"start\":\"2021\",\"end\":\"2022-03\"}"))
                .isEqualTo(known("2021-01-01T00:00", "2022-03-31T23:59"));
        assertThat(read("{\"start\":\"2021\"}"))
                .isEqualTo(new TimeRead.Known(
                        new TimeSpan(minute(LocalDateTime.of(2021, 1, 1, 0, 0)), TimeSpan.OPEN_END)));
        assertThat(read("{\"end\":\"2021\"}"))
                .isEqualTo(new TimeRead.Known(
                        new TimeSpan(TimeSpan.OPEN_START, minute(LocalDateTime.of(2021, 12, 31, 23, 59)))));
        assertThat(read("{\"start\":\"2021-05-03T10:00:00+02:00\",\"end\":\"2021-05-03\"}"))
                .isEqualTo(known("2021-05-03T10:00", "2021-05-03T23:59"));
        assertThat(read("{\"start\":\"2021-05-04\",\"end\":\"2021-05-03\"}")).isInstanceOf(TimeRead.Illegal.class);
        assertThat(read("{\"start\":\"2021-05-04\",\"end\":\"2021-13\"}")).isInstanceOf(TimeRead.Illegal.class);
        assertThat(read("{\"_start\":{}}")).isEqualTo(new TimeRead.Absent());
        assertThat(FhirTimes.read(null)).isEqualTo(new TimeRead.Absent());
        assertThat(read("5")).isInstanceOf(TimeRead.Illegal.class);
    }

    @Test
    void readsTimings() {
        assertThat(read("{\"event\":[\"2021-05-03\",\"2021-05-01T10:00:00+02:00\"]}"))
                .isEqualTo(known("2021-05-01T10:00", "2021-05-03T23:59"));
        assertThat(
                        read(
                                "{\"repeat\":{\"boundsPeriod\":{\"start\":\"2021-05-03\",\"end\":\"2021-05-09\"},\"frequency\":1}}"))
                .isEqualTo(known("2021-05-03T00:00", "2021-05-09T23:59"));
        assertThat(read("{\"repeat\":{\"frequency\":1}}")).isEqualTo(new TimeRead.Absent());
        assertThat(read("{\"event\":[\"2021-05-03\",\"2021-13\"]}")).isInstanceOf(TimeRead.Illegal.class);
        assertThat(read("{\"event\":[\"2021-13\",\"2021-05-03\"]}")).isInstanceOf(TimeRead.Illegal.class);
    }

    @Test
    void openEndsAreTheirDates() {
        assertThat(TimeSpan.OPEN_START).isEqualTo(minute(LocalDateTime.of(1, 1, 1, 0, 0)));
        assertThat(TimeSpan.OPEN_END).isEqualTo(minute(LocalDateTime.of(9999, 12, 31, 23, 59)));
        assertThat(FhirTimes.span("0001-01-01T00:00:00+14:00").startMinute()).isEqualTo(TimeSpan.OPEN_START);
        assertThat(FhirTimes.span("9999-12-31T23:59:59-14:00").endMinute()).isEqualTo(TimeSpan.OPEN_END);
    }

    @Property
    void everyDateIsAsInJavaTime(
            @ForAll @IntRange(min = 1, max = 9999) int year, @ForAll @IntRange(max = 365) int day) {
        LocalDate date = LocalDate.ofYearDay(year, 1)
                .plusDays(Math.min(day, Year.of(year).length() - 1));
        long first = date.toEpochDay() * 1440;
        assertThat(FhirTimes.span(date.toString())).isEqualTo(new TimeSpan(first, first + 1439));
        YearMonth month = YearMonth.from(date);
        assertThat(FhirTimes.span(month.toString()))
                .isEqualTo(new TimeSpan(
                        month.atDay(1).toEpochDay() * 1440, month.atEndOfMonth().toEpochDay() * 1440 + 1439));
    }

    @Property(tries = 5000)
    void everyInstantIsAsInJavaTime(
            @ForAll @LongRange(min = -5_000_000_000L, max = 8_000_000_000L) long second,
            @ForAll @IntRange(min = -56, max = 56) int quarters) {
        assertSameAsJava(second, quarters);
    }

    @Property(tries = 2000)
    void changesOfSummerTimeAreAsInJavaTime(
            @ForAll @IntRange(min = 1975, max = 2250) int year,
            @ForAll boolean autumn,
            @ForAll @IntRange(min = -7200, max = 7200) int shift,
            @ForAll @IntRange(min = -56, max = 56) int quarters) {
        LocalDate sunday = LocalDate.of(year, autumn ? 10 : 3, 31);
        sunday = sunday.minusDays(sunday.getDayOfWeek().getValue() % 7);
        assertSameAsJava(sunday.atTime(1, 0).toEpochSecond(ZoneOffset.UTC) + shift, quarters);
    }

    @Property
    void turnsOfTheYearAreAsInJavaTime(
            @ForAll @IntRange(min = 1975, max = 2250) int year, @ForAll @IntRange(min = -7200, max = 7200) int shift) {
        assertSameAsJava(LocalDate.of(year, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) + shift, 0);
    }

    private static void assertSameAsJava(long second, int quarters) {
        OffsetDateTime moment = OffsetDateTime.ofInstant(
                java.time.Instant.ofEpochSecond(second), ZoneOffset.ofTotalSeconds(quarters * 900));
        String text = moment.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx"));
        // seconds of the text are cut before the offset is applied
        OffsetDateTime cut = moment.truncatedTo(ChronoUnit.MINUTES);
        long expected = minute(cut.atZoneSameInstant(BERLIN).toLocalDateTime());
        assertThat(FhirTimes.span(text)).as(text).isEqualTo(new TimeSpan(expected, expected));
    }
}
