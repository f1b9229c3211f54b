package allmende.app.workbench;

/**
 * What just happened, as a sentence on the page.
 *
 * @param kind {@code success}, {@code info}, {@code warning} or {@code danger}
 * @param text more about it; may be empty
 */
record Message(String kind, String title, String text) {

    static Message success(String title) {
        return new Message("success", title, "");
    }

    static Message warning(String title, String text) {
        return new Message("warning", title, text);
    }
}
