package allmende.app.quality;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** To which module of the core data set a resource belongs: by the profile it claims, else by its type. */
final class Modules {

    private static final int SOURCE_MAX = 200;

    private static final Pattern IN_PROFILE = Pattern.compile("/modul-([a-z]{2,20})/");

    private static final Map<String, String> BY_TYPE = Map.of(
            "Patient", "person",
            "Encounter", "fall",
            "Condition", "diagnose",
            "Procedure", "prozedur",
            "Consent", "consent",
            "Specimen", "biobank",
            "ResearchSubject", "studie",
            "ResearchStudy", "studie",
            "ImagingStudy", "bildgebung");

    private Modules() {}

    static String of(String type, JsonNode resource) {
        for (JsonNode profile : resource.path("meta").path("profile")) {
            Matcher matcher = IN_PROFILE.matcher(profile.asString(""));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        if (type.startsWith("Medication")) {
            return "medikation";
        }
        boolean laboratory = type.equals("Observation")
                && resource.path("category").toString().contains("\"laboratory\"");
        return laboratory ? "labor" : BY_TYPE.getOrDefault(type, "other");
    }

    /** Where the data came from, as {@code meta.source} tells it without its fragment; {@code -} where it does not. */
    static String source(JsonNode resource) {
        String source = resource.path("meta").path("source").asString("").replaceAll("#.*", "");
        if (source.length() > SOURCE_MAX) {
            // never between the halves of a surrogate pair: half of one is no text
            boolean pair = Character.isHighSurrogate(source.charAt(SOURCE_MAX - 1));
            return source.substring(0, pair ? SOURCE_MAX - 1 : SOURCE_MAX);
        }
        return source.isEmpty() ? "-" : source;
    }
}
