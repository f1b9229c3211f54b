package allmende.core.consent;

import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeRead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which date of a resource tells when its data arose, by type; declared in {@code allmende/consent/dates.txt}. */
final class ResourceDates {

    private static final String FILE = "/allmende/consent/dates.txt";
    private static final int DATE_LENGTH = 10;
    private static final List<String> CHOICES = List.of("DateTime", "Period", "Instant", "Timing", "Date");
    private static final ResourceTime DATELESS = new ResourceTime.Dateless();

    private static final ResourceDates OURS = read(1);
    private static final ResourceDates REFERENCE = read(2);

    /** Paths by type; none for types without a date. */
    private final Map<String, List<String[]>> paths;

    private ResourceDates(Map<String, List<String[]>> paths) {
        this.paths = paths;
    }

    /** Those of our own rules, or of the reference. */
    static ResourceDates of(Rules rules) {
        return rules == Rules.REFERENCE ? REFERENCE : OURS;
    }

    /** Reads when the data of a resource arose: the first path at which there is anything counts. */
    ResourceTime time(JsonNode resource) {
        List<String[]> candidates = paths.get(resource.path("resourceType").asString(""));
        if (candidates == null) {
            return new ResourceTime.Unknown(ConsentReason.TYPE_WITHOUT_RULE);
        }
        if (candidates.isEmpty()) {
            return DATELESS;
        }
        for (String[] path : candidates) {
            JsonNode element = follow(resource, path);
            if (element != null) {
                return read(element);
            }
        }
        return new ResourceTime.Unknown(ConsentReason.NO_DATE);
    }

    private static @Nullable JsonNode follow(JsonNode resource, String[] path) {
        JsonNode at = resource;
        for (String name : path) {
            at = at == null ? null : at.get(name);
        }
        return at;
    }

    private static ResourceTime read(JsonNode element) {
        boolean timing = element.has("event") || element.has("repeat") || element.has("code");
        return switch (FhirTimes.read(element)) {
            case TimeRead.Illegal _ -> new ResourceTime.Unknown(ConsentReason.ILLEGAL_DATE);
            case TimeRead.Absent _ -> new ResourceTime.Unknown(timing ? ConsentReason.TIMING : ConsentReason.NO_DATE);
            case TimeRead.Known known ->
                new ResourceTime.Days(
                        ProvisionPeriod.day(known.span().startMinute()),
                        ProvisionPeriod.day(known.span().endMinute()),
                        partial(element),
                        element.isObject(),
                        timing);
        };
    }

    private static boolean partial(JsonNode element) {
        if (element.isString()) {
            return element.stringValue().length() < DATE_LENGTH;
        }
        for (JsonNode part : element.values()) {
            if (part.isContainer() || part.isString()) {
                if (partial(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ResourceDates read(int column) {
        Map<String, List<String[]>> paths = new HashMap<>();
        text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] columns = line.split("\\|", -1);
            String written = columns[column].strip();
            if (!written.isEmpty()) {
                paths.put(columns[0].strip(), written.equals("-") ? List.of() : paths(written));
            }
        });
        return new ResourceDates(paths);
    }

    private static List<String[]> paths(String written) {
        List<String[]> paths = new ArrayList<>();
        for (String path : written.split(",")) {
            String stripped = path.strip();
            if (stripped.endsWith("[x]")) {
                String stem = stripped.substring(0, stripped.length() - "[x]".length());
                CHOICES.forEach(choice -> paths.add((stem + choice).split("\\.")));
            } else {
                paths.add(stripped.split("\\."));
            }
        }
        return paths;
    }

    private static String text() {
        try (InputStream stream = ResourceDates.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + FILE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
