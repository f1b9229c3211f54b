package allmende.app.audit;

import allmende.core.digest.Sha256;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did. Never holds the content of a question or anything about a patient: an id and a hash name
 * what it was about.
 *
 * @param who name of the account, {@code portal:NAME} for another party, or {@code system}
 * @param what a code such as {@code question.asked} or {@code account.role-granted}
 * @param object what it was done to, such as {@code question:17} or {@code account:ada}
 * @param detail a short remark such as the reason that was given, or a hash; null for none
 */
public record AuditEvent(
        String who, String what, String object, @Nullable String detail) {

    /** Who acts when no person does. */
    public static final String SYSTEM = "system";

    /** Longer details and objects are cut. */
    static final int TEXT_MAX_CHARACTERS = 500;

    private static final Pattern CODE = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    /** Refuses a code that is none, and cuts what is too long. */
    public AuditEvent {
        if (!CODE.matcher(what).matches()) {
            throw new IllegalArgumentException("Not a code of an audit event: " + what);
        }
        who = cut(who);
        object = cut(object);
        detail = detail == null ? null : cut(detail);
    }

    /** An event without a detail. */
    public static AuditEvent of(String who, String what, String object) {
        return new AuditEvent(who, what, object, null);
    }

    /** The same with the SHA-256 of a content that itself is not kept here. */
    public AuditEvent withHashOf(byte[] content) {
        return new AuditEvent(who, what, object, "sha256:" + Sha256.hex(content));
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX_CHARACTERS ? text : text.substring(0, TEXT_MAX_CHARACTERS);
    }
}
