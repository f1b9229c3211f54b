package allmende.app.administration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a portal with cookies and without a browser; follows no redirect by itself. */
final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final String portal;
    private final String language;
    private final Map<String, String> cookies = new TreeMap<>();

    Visitor(String portal, String language) {
        this.portal = portal;
        this.language = language;
    }

    HttpResponse<String> get(String address) {
        return send(request(address));
    }

    /** The same as a program that logs in with each request and has the browser's cookies besides. */
    HttpResponse<String> get(String address, String authorization) {
        return send(request(address).header("Authorization", authorization));
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        Matcher token = CSRF.matcher(get("/login").body());
        if (!token.find()) {
            throw new IllegalStateException("The login page has no token");
        }
        String body = "_csrf=" + token.group(1)
                + form.entrySet().stream()
                        .map(field -> "&" + field.getKey() + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Logs in with the password of all, and says where that leads. */
    String logIn(String name) {
        return to(post("/login", Map.of("username", name, "password", PeoplePortal.PASSWORD)));
    }

    /** Goes to the provider, says yes there, comes back, and says where that leads. */
    String logInByProvider() {
        String provider = to(get("/oauth2/authorization/provider"));
        if (!provider.contains("/authorize?")) {
            return provider;
        }
        HttpResponse<String> page = get(provider);
        if (page.statusCode() != 200) {
            throw new IllegalStateException("The provider did not like the request: " + provider);
        }
        return to(get(to(get(provider.replace("/authorize?", "/approve?")))));
    }

    /** Where an answer leads; a path where it leads into the portal. */
    String to(HttpResponse<String> response) {
        String address = response.headers().firstValue("Location").orElse("");
        return address.startsWith(portal + "/") ? address.substring(portal.length()) : address;
    }

    private HttpRequest.Builder request(String address) {
        URI uri = URI.create(address.startsWith("/") ? portal + address : address);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", "text/html").header("Accept-Language", language);
        if (uri.toString().startsWith(portal) && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        String[] pair = cookie.split(";")[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
    }
}
