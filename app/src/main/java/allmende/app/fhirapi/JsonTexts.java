package allmende.app.fhirapi;

import tools.jackson.core.io.JsonStringEncoder;

/** Texts as JSON spells them. */
public final class JsonTexts {

    private JsonTexts() {}

    /** In quotation marks, escaped. */
    public static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
    }
}
