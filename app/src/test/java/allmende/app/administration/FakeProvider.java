package allmende.app.administration;

import allmende.app.identity.OidcProvider;
import allmende.app.identity.ProviderRoles;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect provider in this process that takes the protocol seriously: it wants the right address to send people
 * back to, PKCE, the client's secret, and gives each code once. What it says about people can be twisted.
 */
public final class FakeProvider implements AutoCloseable {

    public static final String CLIENT = "allmende";
    public static final String SECRET = "of the portal alone";

    static final RSAKey KEY = key("real");
    static final RSAKey FOREIGN_KEY = key("real");

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> logouts = new ArrayList<>();
    private final String secret;
    volatile String subject = "s-1";
    volatile Map<String, Object> about = Map.of("name", "Dr. Paula Fern", "email", "paula@example.org");
    volatile UnaryOperator<JWTClaimsSet.Builder> twist = claims -> claims;
    volatile RSAKey signer = KEY;
    volatile @Nullable String refusal;
    volatile boolean tokensAway;

    private FakeProvider(HttpServer server, String secret) {
        this.server = server;
        this.secret = secret;
    }

    /** Starts one; port 0 for a free one. Its name is another than the portal's, so that browsers take them for two sites. */
    public static FakeProvider start(int port, String secret) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            FakeProvider provider = new FakeProvider(server, secret);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                try (exchange) {
                    provider.answer(exchange);
                }
            });
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String issuer() {
        return "http://localhost:" + port();
    }

    /** As a portal's settings would name it. */
    public OidcProvider settings(ProviderRoles roles) {
        return new OidcProvider(URI.create(issuer()), CLIENT, secret, "Prüfdienst", null, roles);
    }

    List<String> logouts() {
        return logouts;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> json(exchange, 200, document());
            case "/keys" -> json(exchange, 200, new JWKSet(KEY.toPublicJWK()).toJSONObject());
            case "/authorize" -> authorize(exchange, asked);
            case "/approve" -> approve(exchange, asked);
            case "/token" -> token(exchange);
            case "/about" -> {
                Map<String, Object> claims = new HashMap<>(about);
                claims.put("sub", subject);
                json(exchange, 200, claims);
            }
            case "/leave" -> {
                logouts.add(asked.getOrDefault("id_token_hint", ""));
                redirect(exchange, asked.getOrDefault("post_logout_redirect_uri", "/"));
            }
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    private Map<String, Object> document() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "userinfo_endpoint", issuer() + "/about",
                "end_session_endpoint", issuer() + "/leave",
                "jwks_uri", issuer() + "/keys",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    /** Asks the person; a real page, so that the way back begins at this site. */
    private void authorize(HttpExchange exchange, Map<String, String> asked) throws IOException {
        boolean fine = CLIENT.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && asked.containsKey("nonce")
                && asked.containsKey("state")
                && asked.getOrDefault("scope", "").contains("openid")
                && asked.getOrDefault("redirect_uri", "").endsWith("/login/oauth2/code/provider");
        String query = exchange.getRequestURI().getRawQuery().replace("&", "&amp;");
        byte[] page = ("<!doctype html><html lang=en><title>Provider</title><h1>Who are you?</h1>"
                        + "<a id=me href=\"/approve?" + query + "\">It is me</a>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(fine ? 200 : 400, page.length);
        exchange.getResponseBody().write(page);
    }

    private void approve(HttpExchange exchange, Map<String, String> asked) throws IOException {
        String answer = "error=" + refusal;
        if (refusal == null) {
            String code = "c" + codes.size() + "-" + asked.get("nonce");
            codes.put(code, asked);
            answer = "code=" + URLEncoder.encode(code, StandardCharsets.UTF_8);
        }
        redirect(
                exchange,
                asked.get("redirect_uri") + "?" + answer + "&state="
                        + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8));
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        if (tokensAway) {
            exchange.sendResponseHeaders(503, -1);
        } else if (!authenticated(shown, form)) {
            json(exchange, 401, Map.of("error", "invalid_client"));
        } else if (asked == null
                || !form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                || !digest(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            JWTClaimsSet.Builder claims = claims().claim("nonce", asked.get("nonce"));
            about.forEach(claims::claim);
            json(
                    exchange,
                    200,
                    Map.of(
                            "access_token",
                            "opaque",
                            "token_type",
                            "Bearer",
                            "expires_in",
                            300,
                            "id_token",
                            signed(twist.apply(claims))));
        }
    }

    private boolean authenticated(@Nullable String shown, Map<String, String> form) {
        if (secret.isEmpty()) {
            return shown == null && CLIENT.equals(form.get("client_id"));
        }
        String pair = CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        return ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))).equals(shown);
    }

    /** What it says about the person in a token for the portal. */
    JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    String signed(JWTClaimsSet.Builder claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("real").build(), claims.build());
            token.sign(new RSASSASigner(signer));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static void redirect(HttpExchange exchange, String address) throws IOException {
        exchange.getResponseHeaders().set("Location", address);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
