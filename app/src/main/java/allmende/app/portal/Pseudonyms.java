package allmende.app.portal;

import allmende.core.digest.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How sites know researchers: by a keyed hash of the account. The same account is always the same pseudonym, so that a
 * site can keep its budget; without the portal's key nobody can tell whose it is.
 */
final class Pseudonyms {

    private static final String NAME = "requester-pseudonyms";
    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 16;

    private final byte[] key;

    private Pseudonyms(byte[] key) {
        this.key = key;
    }

    /** With the portal's key, which is made the first time. */
    static Pseudonyms of(JdbcClient jdbc, SecureRandom random) {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        jdbc.sql("insert into secret (name, bytes) values (?, ?) on conflict do nothing")
                .params(NAME, fresh)
                .update();
        return new Pseudonyms(jdbc.sql("select bytes from secret where name = ?")
                .param(NAME)
                .query(byte[].class)
                .single());
    }

    /** 32 hexadecimal digits. */
    String of(long account) {
        byte[] hash = Sha256.keyed(new SecretKeySpec(key, Sha256.HMAC), "account:" + account);
        return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    }
}
