package allmende.core.profile;

import allmende.core.cohort.Place;
import allmende.core.profile.DataProfile.CodeElement;
import allmende.core.profile.DataProfile.DateElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one profile file strictly. */
final class ProfileReader {

    private static final Pattern CARDINALITY = Pattern.compile("\\d+\\.\\.(\\d+|\\*)");
    private static final Set<String> FIELD_KEYS = Set.of(
            "path",
            "like",
            "title",
            "type",
            "cardinality",
            "description",
            "required",
            "identifying",
            "reason",
            "targets");

    private ProfileReader() {}

    /** The shared fields of {@code common.json} by name; a field takes from them what it does not say itself. */
    static Map<String, JsonNode> shared(Place file) {
        Map<String, JsonNode> shared = new HashMap<>();
        Place fields = file.at("fields");
        if (fields.node() != null && fields.object("The shared fields")) {
            fields.node().properties().forEach(entry -> shared.put(entry.getKey(), entry.getValue()));
        }
        return shared;
    }

    static List<DataProfile> read(Place file, String name, Map<String, JsonNode> shared) {
        List<DataProfile> profiles = new ArrayList<>();
        if (file.object("The file")) {
            file.onlyKeys(Set.of("module", "profiles"));
            String module = file.at("module").requiredText("The module's name");
            if (!module.equals(name)) {
                file.at("module").problem("The module must be named as its file, " + name + ".");
            }
            for (Place place : file.at("profiles").items()) {
                profiles.add(profile(place, module, shared));
            }
        }
        return profiles;
    }

    private static DataProfile profile(Place place, String module, Map<String, JsonNode> shared) {
        place.object("The profile");
        place.onlyKeys(Set.of(
                "url", "aliases", "resourceType", "contexts", "title", "description", "fields", "codes", "date"));
        String type = place.at("resourceType").requiredText("The resource type");
        List<String> contexts = place.at("contexts").texts();
        List<ProfileField> fields = new ArrayList<>();
        for (Place item : place.at("fields").items()) {
            ProfileField field = field(item, shared);
            if (!field.path().startsWith(type + ".")) {
                item.problem("The path of a field begins with the resource type, " + type + ".");
            }
            fields.add(field);
        }
        if (fields.isEmpty()) {
            place.at("fields").problem("A field is missing.");
        }
        return new DataProfile(
                place.at("url").requiredText("The canonical URL"),
                place.at("aliases").texts(),
                module,
                type,
                contexts,
                words(place.at("title"), "title"),
                words(place.at("description"), "description"),
                fields,
                codes(place.at("codes"), contexts),
                date(place.at("date")));
    }

    private static ProfileField field(Place place, Map<String, JsonNode> shared) {
        place.object("The field");
        place.onlyKeys(FIELD_KEYS);
        String like = place.at("like").text();
        JsonNode model = like == null ? null : shared.get(like);
        if (like != null && model == null) {
            place.at("like").problem("There is no shared field " + like + ".");
        }
        Place base = model == null ? place : new Place(model, place.pointer(), place.problems());
        String cardinality = either(place, base, "cardinality").requiredText("The cardinality");
        if (!cardinality.isEmpty() && !CARDINALITY.matcher(cardinality).matches()) {
            place.at("cardinality").problem("The cardinality must look like 0..1.");
        }
        return new ProfileField(
                place.at("path").requiredText("The path"),
                words(either(place, base, "title"), "title"),
                either(place, base, "type").requiredText("The type"),
                cardinality,
                words(either(place, base, "description"), "description"),
                place.at("required").flag(),
                identifying(either(place, base, "identifying")),
                words(either(place, base, "reason"), "reason"),
                either(place, base, "targets").texts());
    }

    private static Place either(Place place, Place base, String key) {
        return place.at(key).present() ? place.at(key) : base.at(key);
    }

    private static Identifying identifying(Place place) {
        String name = place.requiredText("The class of identification");
        for (Identifying each : Identifying.values()) {
            if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return each;
            }
        }
        place.problem("The class of identification must be none, quasi, free-text or direct.");
        return Identifying.DIRECT;
    }

    /** The first element is what the profile is about: without a word of its own it takes the concepts of its context. */
    private static List<CodeElement> codes(Place place, List<String> contexts) {
        List<CodeElement> codes = new ArrayList<>();
        for (Place item : place.items()) {
            codes.add(code(item, codes.isEmpty() && !contexts.isEmpty() ? contexts.getFirst() : null));
        }
        return codes;
    }

    private static CodeElement code(Place place, @Nullable String usual) {
        place.object("The code element");
        place.onlyKeys(Set.of("name", "path", "title", "systems", "context"));
        String context = place.at("context").text();
        return new CodeElement(
                place.at("name").requiredText("The search parameter"),
                place.at("path").requiredText("The path"),
                words(place.at("title"), "title"),
                place.at("systems").texts(),
                context == null ? usual : context);
    }

    private static @Nullable DateElement date(Place place) {
        if (!place.present()) {
            return null;
        }
        place.object("The date element");
        place.onlyKeys(Set.of("name", "path", "title"));
        return new DateElement(
                place.at("name").requiredText("The search parameter"),
                place.at("path").requiredText("The path"),
                words(place.at("title"), "title"));
    }

    private static Words words(Place place, String what) {
        place.object("The " + what);
        place.onlyKeys(Set.of("de", "en"));
        return new Words(
                place.at("de").requiredText("The German " + what),
                place.at("en").requiredText("The English " + what));
    }
}
