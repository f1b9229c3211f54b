package allmende.app.selection;

import allmende.core.digest.Sha256;
import allmende.engine.store.SideTables;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names of sites that do not tell which sites they are: a keyed hash of question and site. The same site has the same name
 * whenever one result is looked at, and another name in every other result.
 */
final class SiteLabels {

    private static final String NAME = "site-labels";
    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 5;

    private final byte[] key;

    SiteLabels(byte[] key) {
        this.key = key.clone();
    }

    /** With the portal's key, which is made the first time. */
    static SiteLabels of(SideTables portalTables) {
        JdbcClient jdbc = JdbcClient.create(portalTables.dataSource());
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("insert into secret (name, bytes) values (?, ?) on conflict do nothing")
                .params(NAME, fresh)
                .update();
        return new SiteLabels(jdbc.sql("select bytes from secret where name = ?")
                .param(NAME)
                .query(byte[].class)
                .single());
    }

    String of(long ask, String site) {
        byte[] hash = Sha256.keyed(new SecretKeySpec(key, Sha256.HMAC), ask + "/" + site);
        return "site-" + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    }
}
