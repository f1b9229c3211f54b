package allmende.app.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A wrong name and a wrong password can't be told apart: not by words, and not by how much is worked out. */
class PasswordLoginTest {

    private static final String RIGHT = "Gemeingut macht schlau";

    private final CountingHashes hashes = new CountingHashes();
    private final Guard guard = new Guard();
    private final PasswordLogin login =
            new PasswordLogin(new OneAccount(hashes.encode(RIGHT)), hashes, guard, event -> {});

    /** Counts what is hashed, and with which kind of hash it is compared. */
    private static final class CountingHashes implements PasswordEncoder {

        private final PasswordEncoder real = new PasswordHashes();
        private final List<String> compared = new ArrayList<>();

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return real.encode(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            // The kind of the hash and its cost; salt and digest follow.
            compared.add(String.valueOf(hash).substring(0, String.valueOf(hash).lastIndexOf('$') + 1));
            return real.matches(password, hash);
        }
    }

    private static final class Guard implements PasswordLogin.Guard {

        private final List<String> failed = new ArrayList<>();
        private boolean closed;

        @Override
        public boolean closed(String name, String address) {
            return closed;
        }

        @Override
        public void failed(String name, String address) {
            failed.add(name);
        }

        @Override
        public void reset(String name) {}
    }

    /** Knows ada alone. */
    private record OneAccount(@Nullable String hash) implements PasswordLogin.Directory {

        @Override
        public Optional<PasswordLogin.Entry> find(String name) {
            return name.equals("ada")
                    ? Optional.of(new PasswordLogin.Entry(name, String.valueOf(hash)))
                    : Optional.empty();
        }

        @Override
        public SignedIn enter(PasswordLogin.Entry entry) {
            return new SignedIn(1, entry.name());
        }

        @Override
        public Collection<Role> roles(SignedIn person) {
            return Set.of(Role.RESEARCHER);
        }
    }

    private Throwable attempt(String name, String password) {
        return catchThrowable(
                () -> login.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password)));
    }

    @Test
    void aWrongNameAndAWrongPasswordTakeTheSameWorkAndTheSameWords() {
        Throwable unknown = attempt("nobody", RIGHT);
        List<String> forUnknown = List.copyOf(hashes.compared);
        hashes.compared.clear();
        Throwable wrong = attempt("ada", "not this one");

        assertThat(unknown).isInstanceOf(BadCredentialsException.class).hasMessage(wrong.getMessage());
        assertThat(wrong).isInstanceOf(BadCredentialsException.class);
        assertThat(forUnknown)
                .as("one hash of the same kind and cost")
                .hasSize(1)
                .isEqualTo(hashes.compared);
        assertThat(forUnknown.getFirst()).contains("$12$");
        assertThat(guard.failed).containsExactly("nobody", "ada");
    }

    @Test
    void theRightPasswordIsHashedOnceToo() {
        assertThat(attempt(" ADA ", RIGHT)).isNull();
        assertThat(hashes.compared).hasSize(1);
    }

    @Test
    void whoHasToWaitIsToldTheSameAndCostsNothing() {
        guard.closed = true;

        assertThat(attempt("ada", RIGHT)).hasMessage(attempt("nobody", "x").getMessage());
        assertThat(hashes.compared).isEmpty();
        assertThat(guard.failed).isEmpty();
    }
}
