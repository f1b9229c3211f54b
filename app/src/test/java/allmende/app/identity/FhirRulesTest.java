package allmende.app.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: the cases in people.txt and machines.txt. */
class FhirRulesTest {

    private record Asked(String method, List<String> path, List<String> parameters) {

        static Asked read(String text) {
            String[] words = text.strip().split("\\s+");
            String[] address = words[1].split("\\?", 2);
            return new Asked(
                    words[0],
                    Arrays.stream(address[0].split("/"))
                            .filter(segment -> !segment.isEmpty())
                            .toList(),
                    address.length == 1 ? List.of() : List.of(address[1].split("&")));
        }

        boolean isFree(Caller caller) {
            return FhirRules.refusal(caller, method, path, parameters).isEmpty();
        }
    }

    private static List<String> cases(String file) throws IOException {
        try (InputStream in = FhirRulesTest.class.getResourceAsStream("/allmende/access/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static Caller person(Role role) {
        return new Caller(
                "ada", Caller.Kind.PERSON, Set.of(role), Set.of(), role == Role.PATIENT ? "own" : null, "127.0.0.1");
    }

    private static Caller machine(String scopes) {
        Set<Scope> read = new HashSet<>();
        for (String scope : scopes.strip().split(" ")) {
            read.add(Scope.parse(scope).orElseThrow());
        }
        return new Caller("pipeline", Caller.Kind.MACHINE, Set.of(), read, null, "127.0.0.1");
    }

    private static Caller other(Caller.Kind kind) {
        return new Caller("-", kind, Set.of(), Set.of(), null, "");
    }

    @Test
    void peopleMayWhatTheirRoleSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : cases("people.txt")) {
            int colon = line.lastIndexOf(" : ");
            Asked asked = Asked.read(line.substring(0, colon));
            Set<String> expected =
                    new TreeSet<>(List.of(line.substring(colon + 3).strip().split(" ")));
            Set<String> found = new TreeSet<>();
            for (Role role : Role.values()) {
                boolean atPortal = Role.atPortal().contains(role);
                if (asked.isFree(person(role)) && !(atPortal && FhirRules.isPublic(asked.path()))) {
                    found.add(role.written());
                }
            }
            if (asked.isFree(other(Caller.Kind.NOBODY))) {
                found.add("nobody");
            }
            if (!found.equals(expected)) {
                wrong.add(line + " but found " + found);
            }
            assertThat(asked.isFree(other(Caller.Kind.OPEN))).isTrue();
            assertThat(asked.isFree(other(Caller.Kind.THIS_MACHINE))).isTrue();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void machinesMayWhatTheirScopesSay() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : cases("machines.txt")) {
            String[] parts = line.split(" \\| ");
            boolean free = Asked.read(parts[1]).isFree(machine(parts[0]));
            if (free != parts[2].strip().equals("yes")) {
                wrong.add(line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whoHasNoRoleMayNothing() {
        Caller nobody = new Caller("ada", Caller.Kind.PERSON, Set.of(), Set.of(), null, "");

        assertThat(nobody.mayRead("Patient")).isFalse();
        assertThat(nobody.mayExport()).isFalse();
        assertThat(FhirRules.refusal(nobody, "POST", List.of(), List.of())).isPresent();
    }

    @Test
    void aPatientWithoutAPatientMayNothing() {
        Caller unlinked = new Caller("ada", Caller.Kind.PERSON, Set.of(Role.PATIENT), Set.of(), null, "");

        assertThat(FhirRules.refusal(unlinked, "GET", List.of("Patient", "own"), List.of()))
                .isPresent();
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(FhirRules.refusal(machine("system/Observation.rs"), "PUT", List.of("Patient", "p1"), List.of()))
                .get()
                .asString()
                .contains("system/Patient.u");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "system/Observation",
                "system/Observation.",
                "system/Observation.sr",
                "system/Observation.rr",
                "system/observation.r",
                "user/Observation.r",
                "patient/Observation.rs",
                "system/*.rs?category=x",
                "system/../Patient.r",
                "launch",
                "openid"
            })
    void whatIsNoScopeGivesNothing(String text) {
        assertThat(Scope.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "system/*.rs, system/Observation.cruds, system/Observation.rs",
        "system/Observation.read, system/*.r, system/Observation.r",
        "system/*.*, system/*.rs, system/*.rs",
        "system/Observation.rs, system/Patient.rs, ",
        "system/Observation.c, system/Observation.rs, ",
        "system/Pseudonym.c, system/*.cruds, ",
        "system/*.cruds, system/Pseudonym.c, ",
        "system/Pseudonym.cr, system/Pseudonym.c, system/Pseudonym.c"
    })
    void grantedIsWhatBothSay(String wanted, String allowed, String granted) {
        assertThat(Scope.parse(wanted)
                        .orElseThrow()
                        .and(Scope.parse(allowed).orElseThrow())
                        .map(Scope::written))
                .isEqualTo(java.util.Optional.ofNullable(granted));
    }
}
