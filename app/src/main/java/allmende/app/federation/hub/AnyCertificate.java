package allmende.app.federation.hub;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets any client certificate into a connection. It says nothing yet: what counts is decided for each call, by comparing
 * the certificate's thumbprint with the one in the caller's enrolment ({@link Certificates}). So a site's certificate may
 * come from anybody, also from the site itself, and nobody gets in by having one from a well-known authority.
 */
public final class AnyCertificate extends X509ExtendedTrustManager {

    /**
     * Named to clients as the only issuer that is asked for, so that no browser offers its user's certificates for choice;
     * sites show theirs regardless. Its key was thrown away and never signed anything else.
     */
    private static final String NOBODYS = """
            MIIBSjCB8aADAgECAghbsFhHTy6hNjAKBggqhkjOPQQDAjAZMRcwFQYDVQQDEw5B
            bGxtZW5kZSBzaXRlczAgFw0yNjExMjIwMjI5MjNaGA8yMTI2MTAyOTAyMjkyM1ow
            GTEXMBUGA1UEAxMOQWxsbWVuZGUgc2l0ZXMwWTATBgcqhkjOPQIBBggqhkjOPQMB
            BwNCAAT+Em2c0kTApjCFe7uvE6Xia4u6m6Rubqa9mzGrzu9h31stO0v4YEEQtykI
            fYEfwoZgM7Es4wDLkPz8XE9nEXwxoyEwHzAdBgNVHQ4EFgQUnuxbXfFVLlmuLjbJ
            aC+u9CSHtdgwCgYIKoZIzj0EAwIDSAAwRQIhANG9QcrGO9j/rqbGfeg+IotyTbXD
            5TodGggx/DfjIjsoAiAicn59BwnDC86lakH+RsyqeezDsiU+83pOrrEqWLu6qw==
            """;

    private final X509Certificate nobodys;

    /**
     * Made by the web server.
     *
     * @throws CertificateException if this Java can't read certificates on the curve P-256
     */
    public AnyCertificate() throws CertificateException {
        byte[] bytes = Base64.getMimeDecoder().decode(NOBODYS);
        nobodys = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {nobodys};
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        // Decided later, for each call.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        // Decided later, for each call.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // Decided later, for each call.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("A portal calls nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("A portal calls nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("A portal calls nobody");
    }
}
