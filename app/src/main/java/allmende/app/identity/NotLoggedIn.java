package allmende.app.identity;

import java.io.Serial;

/** Somebody had to be logged in and nobody was: a door was left open by its access rules. */
public final class NotLoggedIn extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NotLoggedIn() {
        super("Nobody is logged in");
    }
}
