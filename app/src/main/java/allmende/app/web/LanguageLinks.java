package allmende.app.web;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The present page in either language.
 *
 * @param german its address with the wish for German
 * @param english its address with the wish for English
 */
record LanguageLinks(String german, String english) {

    /** For a path and its parameters as the browser sent them; only the wish for a language is replaced. */
    static LanguageLinks of(String path, @Nullable String query) {
        String kept = query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(part -> !part.isEmpty() && !part.equals("lang") && !part.startsWith("lang="))
                        .map(part -> part + "&")
                        .collect(Collectors.joining());
        // A second slash at the beginning would lead to another host.
        String local = "/" + path.replaceFirst("^/+", "");
        return new LanguageLinks(local + "?" + kept + "lang=de", local + "?" + kept + "lang=en");
    }
}
