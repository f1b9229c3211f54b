package allmende.core.deident;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Pseudonyms that are still to be put in, so that they can be asked for together. */
final class Pending {

    private final Map<String, Map<String, List<Consumer<String>>>> places = new LinkedHashMap<>();

    void add(String domain, String original, Consumer<String> place) {
        places.computeIfAbsent(domain, _ -> new LinkedHashMap<>())
                .computeIfAbsent(original, _ -> new ArrayList<>(1))
                .add(place);
    }

    void fill(PseudonymSource source) {
        places.forEach((domain, byOriginal) -> {
            Map<String, String> pseudonyms = source.pseudonyms(domain, byOriginal.keySet());
            byOriginal.forEach((original, targets) -> {
                String pseudonym = pseudonyms.get(original);
                if (pseudonym == null || pseudonym.isEmpty()) {
                    throw new IllegalStateException("a pseudonym of the domain " + domain + " is missing");
                }
                targets.forEach(target -> target.accept(pseudonym));
            });
        });
    }
}
