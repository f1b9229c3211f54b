package allmende.bench;

import allmende.app.administration.DemoGuide;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at a portal: logs in, opens pages and sends forms as a browser does, with its session and its tokens. */
final class PortalVisitor implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern REVISION = Pattern.compile("name=\"revision\" value=\"(\\d+)\"");
    private static final int ERROR_FROM = 400;
    private static final int CREATED = 201;

    private final String portal;
    private final String basic;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** Programs have no cookies. */
    private final HttpClient program = HttpClient.newHttpClient();

    private PortalVisitor(String portal, DemoGuide.ReadyAccount account) {
        this.portal = portal;
        this.basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((account.name() + ":" + account.password()).getBytes(StandardCharsets.UTF_8));
    }

    /** Logs in by the form. */
    static PortalVisitor enter(String portal, DemoGuide.ReadyAccount account) throws IOException, InterruptedException {
        PortalVisitor visitor = new PortalVisitor(portal, account);
        Page form = visitor.open("/login", Map.of());
        Page next = visitor.send(
                "/login", form, Map.of("username", account.name(), "password", account.password()), Map.of());
        if (next.path().startsWith("/login")) {
            throw new BenchFailure("The login did not succeed");
        }
        return visitor;
    }

    /** What a request led to: the path after all redirects, and the HTML there. */
    record Page(String path, String html) {

        /** The first thing that {@code pattern} captures. */
        String find(Pattern pattern) {
            Matcher matcher = pattern.matcher(html);
            if (!matcher.find()) {
                throw new BenchFailure(path + " has no " + pattern);
            }
            return matcher.group(1);
        }

        String revision() {
            return find(REVISION);
        }
    }

    /** Opens a page, or with the headers of htmx a part of one. */
    Page open(String path, Map<String, String> headers) throws IOException, InterruptedException {
        return page(request(path, headers).GET().build());
    }

    /** Sends a form of the page {@code of}. */
    Page send(String path, Page of, Map<String, String> fields, Map<String, String> headers)
            throws IOException, InterruptedException {
        String body = "_csrf=" + encoded(of.find(TOKEN)) + "&"
                + fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return page(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Saves a question through the interface for programs. @return its page, where it is edited */
    String save(byte[] ccdl) throws IOException, InterruptedException {
        HttpResponse<String> made = program.send(
                request("/api/questions?name=Bench", Map.of("Authorization", basic, "Content-Type", "application/json"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(ccdl))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (made.statusCode() != CREATED) {
            throw new BenchFailure("The question was not taken: " + made.body());
        }
        String location = made.headers().firstValue("Location").orElseThrow();
        return "/workbench/" + location.substring(location.lastIndexOf('/') + 1);
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(portal + path));
        headers.forEach(request::header);
        return request;
    }

    private Page page(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= ERROR_FROM) {
            throw new BenchFailure(request.uri() + " answers " + response.statusCode());
        }
        return new Page(response.uri().getPath(), response.body());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        program.close();
    }
}
