package allmende.engine.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * For which sex and age a code of ICD-10-GM is plausible, as the classification itself states it in its properties
 * {@code SexCode}, {@code AgeLow} and {@code AgeHigh} ({@code t007}: 7 days, {@code j030}: 30 years).
 */
public final class IcdLimits {

    private static final int DAYS_PER_YEAR_MAX = 366;
    private static final int SIZE = 4;

    private final Map<String, Limit> limits;

    private IcdLimits(Map<String, Limit> limits) {
        this.limits = Map.copyOf(limits);
    }

    /**
     * The limits of one code; null where there is none.
     *
     * @param sex {@code male} or {@code female}, as in FHIR
     * @param lowDays youngest age in days; years count as 365 days here, so that no birthday is judged too early
     * @param highDays oldest age in days, to the end of the last year
     */
    public record Limit(
            @Nullable String sex,
            @Nullable Integer lowDays,
            @Nullable Integer highDays) {}

    /** Reads them from the shipped classification; takes about a second. */
    public static IcdLimits load() throws IOException {
        try (InputStream in = ShippedPackage.open("package/CodeSystem-icd10gm-2025.json");
                JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            Map<String, Limit> limits = new HashMap<>();
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.PROPERTY_NAME
                        && parser.currentName().equals("concept")
                        && parser.nextToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        concept(parser, limits);
                    }
                }
            }
            return new IcdLimits(limits);
        }
    }

    /** The limits of a code, also of one with the marks †, *, ! or a dash at its end. */
    public Optional<Limit> of(String code) {
        return Optional.ofNullable(limits.get(code.replaceAll("[†*!+-]+$", "").strip()));
    }

    private static void concept(JsonParser parser, Map<String, Limit> limits) {
        String code = "";
        Map<String, String> properties = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("code")) {
                code = parser.getString();
            } else if (name.equals("property") && parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    property(parser, properties);
                }
            } else {
                parser.skipChildren();
            }
        }
        Limit limit = new Limit(
                sex(properties.get("SexCode")),
                days(properties.get("AgeLow"), false),
                days(properties.get("AgeHigh"), true));
        if (limit.sex() != null || limit.lowDays() != null || limit.highDays() != null) {
            limits.put(code, limit);
        }
    }

    private static void property(JsonParser parser, Map<String, String> properties) {
        String name = "";
        String value = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (key.equals("code")) {
                name = parser.getString();
            } else if (key.equals("valueCoding")) {
                value = coding(parser);
            } else {
                parser.skipChildren();
            }
        }
        properties.put(name, value);
    }

    private static String coding(JsonParser parser) {
        String code = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals("code");
            parser.nextToken();
            if (wanted) {
                code = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        return code;
    }

    private static @Nullable String sex(@Nullable String code) {
        return "M".equals(code) ? "male" : "W".equals(code) ? "female" : null;
    }

    private static @Nullable Integer days(@Nullable String limit, boolean last) {
        if (limit == null
                || limit.length() != SIZE
                || !limit.substring(1).chars().allMatch(Character::isDigit)) {
            return null;
        }
        int number = Integer.parseInt(limit.substring(1));
        return switch (limit.charAt(0)) {
            case 't' -> number;
            case 'j' -> last ? (number + 1) * DAYS_PER_YEAR_MAX : number * (DAYS_PER_YEAR_MAX - 1);
            default -> null;
        };
    }
}
