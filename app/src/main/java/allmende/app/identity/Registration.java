package allmende.app.identity;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Researchers make their own account. The portal makes up its name, so that nobody learns from this form who has one; and
 * an address that others gave too is not remarked upon.
 */
public final class Registration {

    private static final int TEXT_MAX_CHARACTERS = 120;
    private static final int NUMBER_MIN = 1000;
    private static final int NUMBER_MAX = 10_000;
    private static final int STEM_MAX_CHARACTERS = 30;
    private static final int TRIES = 50;
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private final Accounts accounts;
    private final AccountDesk desk;
    private final PasswordEncoder encoder;
    private final RandomGenerator random = new SecureRandom();

    Registration(Accounts accounts, AccountDesk desk, PasswordEncoder encoder) {
        this.accounts = accounts;
        this.desk = desk;
        this.encoder = encoder;
    }

    /** What a person enters. */
    public record Form(String displayName, String email, String affiliation, String password, String repeated) {

        @Override
        public String toString() {
            return "Form";
        }
    }

    /** What became of it. */
    public sealed interface Result {

        /** There is an account now. */
        record Done(Account account) implements Result {}

        /** Nothing happened; the key of a message for each field that is wrong. */
        record Refused(Map<String, String> faults) implements Result {}
    }

    /** Makes an account with the role {@link Role#RESEARCHER}; the affiliation is to be confirmed. */
    public Result register(Form form) {
        Map<String, String> faults = faults(form);
        if (!faults.isEmpty()) {
            return new Result.Refused(faults);
        }
        NewAccount person = new NewAccount(
                freeName(form.displayName()),
                form.displayName().strip(),
                form.email().strip(),
                form.affiliation().strip(),
                Set.of(Role.RESEARCHER));
        return new Result.Done(desk.insert(person, encoder.encode(form.password()), person.name()));
    }

    /** A name like the person's that nobody has. */
    String freeName(String displayName) {
        String stem = stem(displayName);
        for (int i = 0; i < TRIES; i++) {
            String name = stem + "-" + random.nextInt(NUMBER_MIN, NUMBER_MAX);
            if (accounts.find(name).isEmpty()) {
                return name;
            }
        }
        return stem + "-" + random.nextLong(Long.MAX_VALUE);
    }

    private static String stem(String displayName) {
        String plain = Normalizer.normalize(displayName.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replace("ß", "ss")
                .replaceAll("\\p{M}", "")
                .replaceAll("\\b(prof|dr|med|pd)\\.", " ")
                .replaceAll("[^a-z ]", " ")
                .strip();
        if (plain.isEmpty()) {
            return "person";
        }
        String[] words = plain.split(" +");
        String stem = words.length == 1 ? words[0] : words[0].charAt(0) + words[words.length - 1];
        return stem.substring(0, Math.min(stem.length(), STEM_MAX_CHARACTERS));
    }

    private static Map<String, String> faults(Form form) {
        Map<String, String> faults = new LinkedHashMap<>();
        if (isBad(form.displayName())) {
            faults.put("displayName", "register.fault.name");
        }
        if (isBad(form.email()) || !ADDRESS.matcher(form.email().strip()).matches()) {
            faults.put("email", "register.fault.email");
        }
        if (isBad(form.affiliation())) {
            faults.put("affiliation", "register.fault.affiliation");
        }
        faultOf(form.password(), List.of(form.displayName(), form.email(), form.affiliation()))
                .ifPresent(fault -> faults.put("password", fault));
        if (!form.password().equals(form.repeated())) {
            faults.put("repeated", "password.fault.repeated");
        }
        return faults;
    }

    /** The key of the message about a password that can't be used. */
    static Optional<String> faultOf(String password, List<String> own) {
        return PasswordRules.fault(password, own).map(fault -> switch (fault) {
            case SHORT -> "password.fault.short";
            case LONG -> "password.fault.long";
            case GUESSABLE -> "password.fault.guessable";
        });
    }

    private static boolean isBad(String text) {
        String stripped = text.strip();
        return stripped.isEmpty()
                || stripped.length() > TEXT_MAX_CHARACTERS
                || stripped.codePoints().anyMatch(Character::isISOControl);
    }
}
