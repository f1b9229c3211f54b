package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.trust.Thumbprints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate with its key in a file, as an engineer would make it with the JDK's keytool. */
record Certificate(Path file, String thumbprint) {

    static final String PASSWORD = "open sesame";

    /** Valid from now on for a year. */
    static Certificate make(Path folder, String name) throws IOException, InterruptedException {
        return make(folder, name, "-1d");
    }

    /**
     * Valid for a year.
     *
     * @param start from when on, as keytool writes it, for example {@code -2y}
     */
    static Certificate make(Path folder, String name, String start) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-startdate",
                        start,
                        "-validity",
                        "365",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve(name + ".log")))
                .isZero();
        return new Certificate(file, thumbprint(file, name));
    }

    private static String thumbprint(Path file, String alias) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, PASSWORD.toCharArray());
            return Thumbprints.of((X509Certificate) store.getCertificate(alias));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** A door with this certificate on a free port of the loopback. */
    Door door() {
        return new Door(Door.LOOPBACK, 0, new Door.Tls(file, PASSWORD));
    }

    /** Trusts this certificate and shows none. */
    FederationOptions.Tls pinned() {
        return new FederationOptions.Tls(thumbprint, null, null, null);
    }

    /** Trusts this certificate and shows that one. */
    FederationOptions.Tls pinnedShowing(Certificate own) {
        return new FederationOptions.Tls(thumbprint, null, own.file, PASSWORD);
    }
}
