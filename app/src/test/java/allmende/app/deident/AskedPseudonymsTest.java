package allmende.app.deident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.identity.Caller;
import allmende.app.identity.Role;
import allmende.app.identity.Scope;
import allmende.app.pseudonyms.PseudonymService;
import allmende.core.deident.PseudonymSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever keeps pseudonyms away is told as what it is, and never with an original. */
final class AskedPseudonymsTest {

    private static final String SECRET = "Mustermann-4711";

    /** A service whose database is nowhere. */
    private static PseudonymService lost() {
        return PseudonymService.over(
                () -> {
                    throw new IllegalStateException("no database at " + SECRET);
                },
                (_, bytes) -> new byte[bytes],
                InstantSource.system(),
                new SecureRandom());
    }

    private static Caller machine(String... scopes) {
        Set<Scope> may = Arrays.stream(scopes)
                .map(scope -> Scope.parse(scope).orElseThrow())
                .collect(Collectors.toSet());
        return new Caller("pipeline", Caller.Kind.MACHINE, Set.of(), may, null, "");
    }

    private static Caller person(Role role) {
        return new Caller("ada", Caller.Kind.PERSON, Set.of(role), Set.of(), null, "");
    }

    private static void told(@Nullable PseudonymService service, Caller caller, int status, String message) {
        PseudonymSource source = new AskedPseudonyms(service, caller, "x-");
        assertThatThrownBy(() -> source.pseudonyms("patient", Set.of(SECRET)))
                .isInstanceOfSatisfying(FhirProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(status);
                    assertThat(problem.issues().toString())
                            .contains(message)
                            .containsIgnoringCase("nothing leaves")
                            .doesNotContain(SECRET);
                });
    }

    @Test
    void noService() {
        told(null, machine("system/Pseudonym.c"), 501, "no pseudonym service");
    }

    @Test
    void noRight() {
        told(lost(), machine("system/*.cruds"), 403, "system/Pseudonym.c");
        told(lost(), machine("system/Pseudonym.r"), 403, "system/Pseudonym.c");
        told(lost(), person(Role.DATA_STEWARD), 403, "trust-centre");
    }

    @Test
    void noDatabase() {
        told(lost(), machine("system/Pseudonym.c"), 503, "can't be reached");
        told(lost(), person(Role.TRUST_CENTRE), 503, "can't be reached");
    }
}
