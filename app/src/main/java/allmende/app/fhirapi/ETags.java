package allmende.app.fhirapi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Versions and times as HTTP tells them. */
final class ETags {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ETags() {}

    /** {@code W/"3"}. */
    static String of(int version) {
        return "W/\"" + version + "\"";
    }

    /**
     * The version that an {@code If-Match} names.
     *
     * @throws FhirProblem 400 if it names none
     */
    static int version(String ifMatch) {
        int version = parse(ifMatch.strip());
        if (version < 1) {
            throw FhirProblem.invalid("If-Match names a version like W/\"3\".");
        }
        return version;
    }

    /** Whether an {@code If-None-Match} names this version. */
    static boolean names(String ifNoneMatch, int version) {
        for (String tag : ifNoneMatch.split(",")) {
            if (tag.strip().equals("*") || parse(tag.strip()) == version) {
                return true;
            }
        }
        return false;
    }

    private static int parse(String tag) {
        String plain = tag.startsWith("W/") ? tag.substring(2) : tag;
        if (plain.length() > 2 && plain.startsWith("\"") && plain.endsWith("\"")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        try {
            return Integer.parseInt(plain);
        } catch (NumberFormatException noVersion) {
            return -1;
        }
    }

    /** As in {@code Last-Modified}. */
    static String date(Instant at) {
        return HTTP_DATE.format(at);
    }

    /** Whether nothing was modified since the time of an {@code If-Modified-Since}; HTTP knows seconds only. */
    static boolean isUnmodified(Instant at, @Nullable String ifModifiedSince) {
        if (ifModifiedSince == null) {
            return false;
        }
        try {
            Instant since = ZonedDateTime.parse(ifModifiedSince, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return !at.truncatedTo(ChronoUnit.SECONDS).isAfter(since);
        } catch (DateTimeParseException ignoredByHttp) {
            return false;
        }
    }
}
