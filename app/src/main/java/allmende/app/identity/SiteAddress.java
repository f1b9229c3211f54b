package allmende.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By which address machines reach the site. Where the settings name none, only addresses of this machine count: the name
 * in a request is what its sender wrote.
 *
 * @param url address by the settings, without a slash at the end; null where they name none
 */
public record SiteAddress(@Nullable String url) {

    private static final String TOKEN = "/auth/token";

    /** As the settings say it. */
    public static SiteAddress of(@Nullable String setting) {
        if (setting == null) {
            return new SiteAddress(null);
        }
        return new SiteAddress(URI.create(setting.endsWith("/") ? setting.substring(0, setting.length() - 1) : setting)
                .toString());
    }

    /** Where the site's addresses begin, as its documents say. */
    String base(HttpServletRequest request) {
        if (url != null) {
            return url;
        }
        Set<String> local = local(request);
        String asked = request.getScheme() + "://" + host(request.getServerName()) + ":" + request.getServerPort();
        return local.contains(asked) ? asked : local.iterator().next();
    }

    /** Where tokens are given out, as the site's documents say. */
    String tokenEndpoint(HttpServletRequest request) {
        return base(request) + TOKEN;
    }

    /** What an assertion may name as the one it is for. */
    Set<String> audiences(HttpServletRequest request) {
        Set<String> audiences = new LinkedHashSet<>();
        if (url != null) {
            audiences.add(url + TOKEN);
        } else {
            local(request).forEach(base -> audiences.add(base + TOKEN));
        }
        return audiences;
    }

    private static Set<String> local(HttpServletRequest request) {
        Set<String> local = new LinkedHashSet<>();
        String end = ":" + request.getLocalPort();
        String scheme = request.getScheme() + "://";
        local.add(scheme + host(request.getLocalAddr()) + end);
        local.add(scheme + "127.0.0.1" + end);
        local.add(scheme + "localhost" + end);
        return local;
    }

    private static String host(String address) {
        return address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
    }
}
