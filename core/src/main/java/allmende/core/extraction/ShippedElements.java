package allmende.core.extraction;

import allmende.core.fhir.FhirJson;
import allmende.core.profile.DataProfile;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the program itself knows of the profiles of the core data set: the fields of {@link Profiles}, and beside them
 * {@code allmende/extraction/elements.json} with required elements, slices and extensions. Not all elements of a profile
 * are known here, so none is called wrong.
 */
public final class ShippedElements implements ProfileElements {

    private static final String FILE = "/allmende/extraction/elements.json";
    private static final String MANY = "[]";

    private final Profiles profiles;
    private final Map<String, ProfileShape> shapes = new HashMap<>();

    private ShippedElements(Profiles profiles, JsonNode file) {
        this.profiles = profiles;
        Map<String, JsonNode> facts = new LinkedHashMap<>();
        file.path("profiles")
                .values()
                .forEach(facts1 -> facts.put(facts1.path("url").asString(""), facts1));
        for (DataProfile profile : profiles.all()) {
            JsonNode known = facts.getOrDefault(profile.url(), file.path("nothing"));
            shapes.put(profile.url(), shape(profile, known, facts));
        }
    }

    /** Reads what comes with the program. */
    public static ShippedElements load() {
        try (InputStream stream = ShippedElements.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + FILE);
            }
            return new ShippedElements(Profiles.shipped(), FhirJson.parse(stream.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public Optional<ProfileShape> shape(String url) {
        return profiles.find(url).map(profile -> shapes.get(profile.url()));
    }

    @Override
    public List<String> searched(String profile, String type, String name) {
        return profiles.find(profile)
                .flatMap(known -> known.code(name)
                        .map(DataProfile.CodeElement::path)
                        .or(() -> Optional.ofNullable(known.date())
                                .filter(date -> date.name().equals(name))
                                .map(DataProfile.DateElement::path)))
                .map(List::of)
                .orElse(List.of());
    }

    private static ProfileShape shape(DataProfile profile, JsonNode facts, Map<String, JsonNode> all) {
        Map<String, String> extensions = new HashMap<>();
        facts.path("extensions")
                .properties()
                .forEach(each -> extensions.put(each.getKey(), each.getValue().asString("")));
        Set<String> known = new HashSet<>(extensions.values());
        facts.path("deeperExtensions").values().forEach(each -> known.add(each.asString("")));
        return new ProfileShape(
                profile.url(),
                profile.resourceType(),
                accepted(profile, all),
                required(profile, facts),
                slices(facts),
                extensions,
                known,
                null);
    }

    private static Set<String> accepted(DataProfile profile, Map<String, JsonNode> all) {
        Set<String> accepted = new HashSet<>(profile.aliases());
        accepted.add(profile.url());
        all.forEach((url, facts) -> {
            for (JsonNode base : facts.path("bases").values()) {
                if (base.asString("").equals(profile.url())) {
                    accepted.add(url);
                }
            }
        });
        return accepted;
    }

    private static List<RequiredElement> required(DataProfile profile, JsonNode facts) {
        Map<List<String>, RequiredElement> required = new LinkedHashMap<>();
        for (ProfileField field : profile.required()) {
            List<String> path = Arrays.asList(field.path().split("\\."))
                    .subList(1, field.path().split("\\.").length);
            if (path.stream().noneMatch(step -> step.indexOf(':') >= 0)) {
                required.put(
                        path,
                        new RequiredElement(
                                path,
                                Arrays.asList(field.type().split("\\|")),
                                !field.cardinality().endsWith("..1")));
            }
        }
        for (JsonNode line : facts.path("required").values()) {
            String[] parts = line.asString("").split(": ");
            boolean many = parts[0].endsWith(MANY);
            String plain = many ? parts[0].substring(0, parts[0].length() - MANY.length()) : parts[0];
            List<String> path = Arrays.asList(plain.split("\\."));
            required.put(path, new RequiredElement(path, Arrays.asList(parts[1].split("\\|")), many));
        }
        List<RequiredElement> ordered = new ArrayList<>(required.values());
        ordered.sort(java.util.Comparator.comparingInt(each -> each.path().size()));
        return ordered;
    }

    private static Map<String, List<Slice>> slices(JsonNode facts) {
        Map<String, List<Slice>> slices = new HashMap<>();
        facts.path("slices").properties().forEach(list -> {
            List<Slice> named = new ArrayList<>();
            list.getValue()
                    .properties()
                    .forEach(slice -> named.add(new Slice(
                            slice.getKey(),
                            slice.getValue().get("pattern"),
                            slice.getValue().path("required").asBoolean(false))));
            slices.put(list.getKey(), named);
        });
        return slices;
    }
}
