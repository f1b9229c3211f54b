package allmende.app.portal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How sites know researchers: by a keyed hash of the account. The same account is always the same pseudonym, so that a
 * site can keep its budget; without the portal's key nobody can tell whose it is.
 */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] hash = mac.doFinal(("account:" + account).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
