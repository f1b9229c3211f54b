package allmende.core.cohort;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says problems and remarks in German or English, by the sentences in {@code allmende/cohort/problems.properties}. */
public final class ProblemText {

    private static final String BUNDLE = "allmende.cohort.problems";
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    private static final String PART = "part";

    private ProblemText() {}

    /** The problem in the language of the locale; in English where it is told in no other. */
    public static String of(Problem problem, Locale locale) {
        return of(problem.code(), problem.arguments(), problem.message(), locale);
    }

    /**
     * A sentence in the language of the locale.
     *
     * @param message the sentence in English, used where the code or its arguments are not known here
     */
    public static String of(ProblemCode code, List<String> arguments, String message, Locale locale) {
        return code == ProblemCode.OTHER || arguments.size() != code.arguments()
                ? message
                : of(code, arguments, locale);
    }

    /** A sentence in the language of the locale, with as many arguments as the code takes. */
    public static String of(ProblemCode code, List<String> arguments, Locale locale) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, EXACT);
        return PLACE.matcher(bundle.getString(code.key())).replaceAll(place -> {
            int number = Integer.parseInt(place.group(1));
            String argument = arguments.get(number);
            return Matcher.quoteReplacement(number == 0 && code.namesPart() ? part(argument, bundle) : argument);
        });
    }

    /** The name of a part, which is given in English, in the bundle's language. */
    private static String part(String name, ResourceBundle bundle) {
        if (!bundle.containsKey(PART)) {
            return name;
        }
        String key = PART + "." + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        return bundle.getString(bundle.containsKey(key) ? key : PART);
    }
}
