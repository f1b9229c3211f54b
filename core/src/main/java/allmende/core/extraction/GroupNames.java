package allmende.core.extraction;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of groups and the file names that follow from them. */
public final class GroupNames {

    /** Longest name in characters, by the rules of CRTDL. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern DEVICES = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

    private GroupNames() {}

    /** The name as a file name, by the rules of CRTDL: lower case, umlauts spelt out, underscores for everything else. */
    public static String slug(String name) {
        String lower = name.strip()
                .toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss");
        String plain =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
        return OTHERS.matcher(plain).replaceAll("_");
    }

    /** Whether the newest CRTDL allows the name. */
    public static boolean allowed(String name) {
        return !name.isBlank()
                && name.strip().equals(name)
                && name.codePointCount(0, name.length()) <= MAX_LENGTH
                && !DEVICES.matcher(slug(name)).matches();
    }
}
