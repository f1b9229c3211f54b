package allmende.app.pseudonyms;

import allmende.app.Hospital;
import allmende.app.audit.AuditEvent;
import allmende.core.deident.pseudonym.Alphabet;
import allmende.core.deident.pseudonym.CheckMethod;
import allmende.core.deident.pseudonym.PseudonymForm;
import allmende.engine.store.StoreLocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A service over a database that all tests share, each with domains of its own. */
final class TrustCentre {

    private static final StoreLocation PLACE = new StoreLocation.Embedded(Hospital.temporary("allmende-pseudonyms"));
    private static PseudonymService shared;
    static final List<AuditEvent> TRAIL = new ArrayList<>();
    static Instant now = Instant.parse("2026-11-22T10:00:00Z");

    private TrustCentre() {}

    static synchronized PseudonymService service() {
        if (shared == null) {
            shared = another();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Another service over the same database, as another process has it. */
    static PseudonymService another() {
        return over(PLACE);
    }

    static PseudonymService over(Path folder) {
        return over(new StoreLocation.Embedded(folder));
    }

    private static PseudonymService over(StoreLocation place) {
        return PseudonymService.over(() -> place, TrustCentre::key, (InstantSource) () -> now, new SecureRandom());
    }

    static ResolveDesk desk() {
        return new ResolveDesk(service(), TRAIL::add, () -> now, new SecureRandom());
    }

    private static byte[] key(String purpose, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(purpose.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static PseudonymDomain domain(String name) {
        return domain(NewDomain.usual(name));
    }

    static PseudonymDomain domain(NewDomain wanted) {
        return done(service().add(wanted, "test"));
    }

    /** A domain that has room for a hundred. */
    static NewDomain small(String name) {
        return new NewDomain(
                name, null, new PseudonymForm(Alphabet.DIGITS, 3, CheckMethod.DAMM, "S"), PseudonymDomain.Policy.USUAL);
    }

    static NewDomain below(String parent, String name, boolean deletes) {
        return new NewDomain(name, parent, PseudonymForm.USUAL, new PseudonymDomain.Policy(false, deletes));
    }

    static Set<String> originals(String prefix, int count) {
        Set<String> originals = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            originals.add(prefix + i);
        }
        return originals;
    }

    static <T> T done(Result<T> result) {
        return ((Result.Done<T>) result).value();
    }

    static Result.Refusal refusal(Result<?> result) {
        return ((Result.Refused<?>) result).refusal();
    }
}
