package allmende.app.identity;

import allmende.core.digest.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of logged-in people, so that each can see and end their own. They live as long as the process. */
public final class Sessions {

    /** A session nobody has used for so long has ended. */
    static final Duration IDLE_MAX = Duration.ofMinutes(60);

    /** However busy it is, a session ends after this. */
    static final Duration AGE_MAX = Duration.ofHours(12);

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A session as its owner sees it.
     *
     * @param handle names the session without being its secret id
     * @param account name of its account
     * @param began when its owner logged in
     * @param lastUsed when it was last used
     * @param address from where
     * @param browser what the browser calls itself
     */
    public record Open(String handle, String account, Instant began, Instant lastUsed, String address, String browser) {

        private Open usedAt(Instant now) {
            return new Open(handle, account, began, now, address, browser);
        }
    }

    void begin(String id, String account, String address, @Nullable String browser) {
        Instant now = clock.instant();
        open.put(id, new Open(handle(id), account, now, now, address, Objects.requireNonNullElse(browser, "")));
    }

    /** Notes that a session is used; false where it has ended and the one who shows it has to log in anew. */
    boolean use(String id) {
        Instant now = clock.instant();
        Open kept = open.computeIfPresent(id, (key, session) -> ended(session, now) ? null : session.usedAt(now));
        return kept != null;
    }

    void end(String id) {
        open.remove(id);
    }

    /** The open sessions of an account, newest first. */
    public List<Open> of(String account) {
        Instant now = clock.instant();
        open.values().removeIf(session -> ended(session, now));
        return open.values().stream()
                .filter(session -> session.account().equals(account))
                .sorted(Comparator.comparing(Open::began).reversed())
                .toList();
    }

    /** Ends one session of an account. */
    public void end(String account, String handle) {
        open.values()
                .removeIf(session ->
                        session.account().equals(account) && session.handle().equals(handle));
    }

    /** Ends all sessions of an account. */
    public void endAll(String account) {
        endOthers(account, null);
    }

    void endOthers(String account, @Nullable String keptId) {
        open.entrySet()
                .removeIf(entry -> entry.getValue().account().equals(account)
                        && !entry.getKey().equals(keptId));
    }

    /** The handle of the session with this id. */
    public static String handle(String id) {
        return Sha256.hex(id).substring(0, 16);
    }

    private static boolean ended(Open session, Instant now) {
        return session.lastUsed().plus(IDLE_MAX).isBefore(now)
                || session.began().plus(AGE_MAX).isBefore(now);
    }
}
