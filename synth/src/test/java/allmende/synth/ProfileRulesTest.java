package allmende.synth;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.synth.profile.CodeEra;
import allmende.synth.profile.HospitalProfile;
import allmende.synth.profile.HospitalProfiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks thousands of resources against the rules written down from the profiles, whether or not packages are at hand. */
class ProfileRulesTest {

    private record Rule(String path, int least, int most, Pattern pattern) {

        boolean holds(JsonNode resource) {
            List<JsonNode> values = new ArrayList<>();
            collect(resource, List.of(path.split("[.]")), values);
            long count = values.stream()
                    .filter(v ->
                            pattern == null || pattern.matcher(v.asString("")).matches())
                    .count();
            return count >= least && count <= most;
        }

        private static void collect(JsonNode node, List<String> path, List<JsonNode> values) {
            if (node.isArray()) {
                node.forEach(element -> collect(element, path, values));
            } else if (path.isEmpty()) {
                values.add(node);
            } else if (node.has(path.getFirst())) {
                collect(node.get(path.getFirst()), path.subList(1, path.size()), values);
            }
        }
    }

    private final JsonMapper mapper = JsonMapper.builder().build();

    @Test
    void everyResourceKeepsTheRulesOfItsProfile() throws IOException {
        Map<String, List<Rule>> rules = rules();
        assertThat(profilesKept(new SyntheticHospital(300, 5), rules)).isEqualTo(rules.keySet());
    }

    /** A site that names classifications by their former URIs keeps every other rule. */
    @ParameterizedTest
    @MethodSource("variants")
    void everySiteKeepsTheRules(HospitalProfile profile) throws IOException {
        Map<String, List<Rule>> rules = rules();
        assertThat(rules.keySet()).containsAll(profilesKept(new SyntheticHospital(profile), rules));
    }

    static Stream<HospitalProfile> variants() {
        return HospitalProfiles.all().stream().map(profile -> profile.withPatients(80));
    }

    private Set<String> profilesKept(SyntheticHospital hospital, Map<String, List<Rule>> rules) {
        Set<String> broken = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        hospital.resources().forEach(resource -> {
            String json = new String(resource.json(), StandardCharsets.UTF_8);
            JsonNode node = mapper.readTree(json.replace(CodeEra.DIMDI.system(""), CodeEra.BFARM.system("")));
            if (resource.type().equals("Organization")) {
                return;
            }
            String profile = node.at("/meta/profile/0").asString().replaceFirst(".*/(modul-)", "$1");
            seen.add(profile);
            for (Rule rule : rules.getOrDefault(profile, List.of(new Rule("no rules for this profile", 1, 1, null)))) {
                if (!rule.holds(node)) {
                    broken.add(profile + " " + rule);
                }
            }
        });
        assertThat(broken).isEmpty();
        return seen;
    }

    @Test
    void encountersFormThreeLevelsAndCoherentTimes() {
        SyntheticHospital hospital = new SyntheticHospital(150, 6);
        for (long patient = 0; patient < 150; patient++) {
            Map<String, JsonNode> encounters = new HashMap<>();
            for (SyntheticResource resource : hospital.patient(patient)) {
                if (resource.type().equals("Encounter")) {
                    encounters.put("Encounter/" + resource.id(), mapper.readTree(resource.json()));
                }
            }
            encounters.values().forEach(e -> {
                String level = e.at("/type/0/coding/0/code").asString();
                String above = e.at("/partOf/reference").asString("");
                assertThat(above.isEmpty()).isEqualTo(level.equals("einrichtungskontakt"));
                if (!above.isEmpty()) {
                    assertThat(encounters.get(above).at("/type/0/coding/0/code").asString())
                            .isEqualTo(level.equals("abteilungskontakt") ? "einrichtungskontakt" : "abteilungskontakt");
                }
                boolean finished = e.path("status").asString().equals("finished");
                assertThat(e.at("/period/end").isMissingNode()).isEqualTo(!finished);
            });
        }
    }

    private static Map<String, List<Rule>> rules() throws IOException {
        Map<String, List<Rule>> rules = new HashMap<>();
        List<Rule> current = new ArrayList<>();
        try (InputStream stream = ProfileRulesTest.class.getResourceAsStream("kds-rules.txt")) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("= ")) {
                    current = rules.computeIfAbsent(line.substring(2).strip(), p -> new ArrayList<>());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ?", 3);
                    String[] range = parts[1].strip().split("[.][.]");
                    Pattern pattern = parts[2].isBlank() ? null : Pattern.compile(parts[2].strip());
                    current.add(new Rule(
                            parts[0].strip(), Integer.parseInt(range[0]), Integer.parseInt(range[1]), pattern));
                }
            }
        }
        return rules;
    }
}
