package allmende.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Weighs pages as a browser gets them: text, style sheets and scripts, compressed, without fonts. */
public final class PageWeight {

    /** What a page may weigh, in bytes. */
    public static final int MAX = 150_000;

    /** Smaller answers are not worth compressing. */
    private static final int COMPRESSED_FROM = 2_048;

    private static final Pattern STYLE = Pattern.compile("<link[^>]*rel=\"stylesheet\"[^>]*href=\"([^\"]+)\"[^>]*>");
    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern SOURCE = Pattern.compile("src=\"([^\"]+)\"");

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .cookieHandler(new CookieManager())
            .build();
    private final String url;

    /** Weighs pages of a server, for anybody until {@link #login}. */
    public PageWeight(String url) {
        this.url = url;
    }

    /** Logs in by the login page. */
    public PageWeight login(String account, String password) {
        Matcher token = TOKEN.matcher(text(get("/login")));
        assertThat(token.find()).isTrue();
        String form =
                "username=" + encoded(account) + "&password=" + encoded(password) + "&_csrf=" + encoded(token.group(1));
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(url + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(answer.headers().firstValue("Location").orElse("error")).doesNotContain("error");
        return this;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Weighs the page; fails where a part is not compressed or a script could hold up the first paint. */
    public int of(String path) {
        HttpResponse<byte[]> page = get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        String html = text(page);
        int bytes = page.body().length;
        for (String part : parts(path, html)) {
            HttpResponse<byte[]> answer = get(part);
            assertThat(answer.statusCode()).as(part).isEqualTo(200);
            text(answer);
            bytes += answer.body().length;
        }
        return bytes;
    }

    private static List<String> parts(String path, String html) {
        List<String> parts = new ArrayList<>(
                STYLE.matcher(html).results().map(found -> found.group(1)).collect(Collectors.toList()));
        Matcher script = SCRIPT.matcher(html);
        while (script.find()) {
            Matcher source = SOURCE.matcher(script.group(1));
            assertThat(source.find()).as("a script of its own file on " + path).isTrue();
            assertThat(script.group(1))
                    .as("scripts of " + path + " wait until the page is there")
                    .containsPattern("\\bdefer\\b|type=\"module\"");
            parts.add(source.group(1));
        }
        assertThat(parts).as("what " + path + " needs").isNotEmpty().doesNotHaveDuplicates();
        return parts;
    }

    /** The text of an answer, which is compressed unless it is small. */
    private static String text(HttpResponse<byte[]> answer) {
        boolean compressed = answer.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equals)
                .isPresent();
        try {
            byte[] plain = compressed
                    ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                    : answer.body();
            assertThat(compressed || plain.length < COMPRESSED_FROM)
                    .as(answer.uri() + " is compressed")
                    .isTrue();
            return new String(plain, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Gets something as a browser does. */
    public HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.header("Accept-Encoding", "gzip")
                            .header("Accept", "text/html,*/*")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
