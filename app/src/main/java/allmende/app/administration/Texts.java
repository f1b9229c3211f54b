package allmende.app.administration;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people type, and what they are told after a form. */
final class Texts {

    private static final int LINE_MAX_CHARACTERS = 120;
    private static final int REASON_MAX_CHARACTERS = 400;

    private Texts() {}

    /** One line without control characters; empty where too long or where nothing was entered. */
    static String line(String text) {
        return tidy(text, LINE_MAX_CHARACTERS);
    }

    /** A sentence or two. */
    static String reason(String text) {
        return tidy(text, REASON_MAX_CHARACTERS);
    }

    private static String tidy(String text, int max) {
        String tidy = text.replaceAll("\\p{Cntrl}", " ").strip();
        return tidy.length() <= max ? tidy : "";
    }

    /** Leads to a page that says in green what was done. */
    static String done(RedirectAttributes flash, String message, String redirect) {
        flash.addFlashAttribute("done", message);
        return redirect;
    }

    /** Leads to a page that says in red why nothing was done. */
    static String failed(RedirectAttributes flash, String message, String redirect) {
        flash.addFlashAttribute("fault", message);
        return redirect;
    }
}
