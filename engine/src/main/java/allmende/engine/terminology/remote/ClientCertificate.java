package allmende.engine.terminology.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Proves by a certificate who asks. */
final class ClientCertificate {

    private ClientCertificate() {}

    /**
     * A context for connections that shows the certificate of a PKCS #12 file.
     *
     * @throws IOException if the file can't be used; the message is a sentence
     */
    static SSLContext context(Path file, String password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IOException(
                    "The certificate " + file + " can't be used: it is absent, no PKCS #12 file, or the password is"
                            + " another.",
                    unusable);
        }
    }
}
