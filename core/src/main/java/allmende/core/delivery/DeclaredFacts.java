package allmende.core.delivery;

import allmende.core.profile.DataProfile;
import allmende.core.profile.DataProfile.CodeElement;
import allmende.core.profile.ProfileField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the program itself knows of a profile of the core data set, without installed packages. */
public final class DeclaredFacts implements ElementFacts {

    private static final Map<String, ElementFact> SLICES = slices();

    private final Map<String, ElementFact> facts = new HashMap<>();
    private final Map<String, String> systems = new HashMap<>();

    /** The facts that this profile declares. */
    public DeclaredFacts(DataProfile profile) {
        profile.fields().forEach(field -> facts.put(field.path(), fact(field)));
        for (CodeElement code : profile.codes()) {
            if (!code.systems().isEmpty()) {
                systems.put(code.path(), code.systems().getFirst());
            }
        }
    }

    private static ElementFact fact(ProfileField field) {
        String max = field.cardinality().substring(field.cardinality().indexOf("..") + 2);
        List<String> types = Arrays.stream(field.type().split("\\|"))
                .filter(type -> !type.equals("Extension"))
                .toList();
        return new ElementFact(
                types, max.equals("*") ? Integer.MAX_VALUE : Integer.parseInt(max), null, List.of(), field.title());
    }

    @Override
    public ElementFact fact(String id) {
        ElementFact slice = SLICES.getOrDefault(id, ElementFact.UNKNOWN);
        return facts.getOrDefault(id, ElementFact.UNKNOWN).or(slice);
    }

    @Override
    public String usualSystem(String id) {
        return systems.getOrDefault(id, "");
    }

    private static Map<String, ElementFact> slices() {
        Map<String, ElementFact> slices = new HashMap<>();
        for (String line : FhirTypes.lines("slices.txt")) {
            String[] parts = line.split(" ", 3);
            slices.put(parts[0], slice(parts[1], parts[2]));
        }
        return slices;
    }

    private static ElementFact slice(String kind, String rest) {
        if (kind.equals("where")) {
            return new ElementFact(List.of(), 0, rest, List.of(), null);
        }
        List<String> words = List.of(rest.split(" "));
        return new ElementFact(
                Stream.of(words.getLast().split("\\|")).toList(), 1, null, words.subList(0, words.size() - 1), null);
    }
}
