package allmende.core.terminology.operation;

import allmende.core.terminology.Terminology;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether a code is in its code system, and in a value set. */
public final class CodeCheck {

    /**
     * A code to check.
     *
     * @param system its code system; empty where it is to be found by the value set
     * @param version null where none is stated
     * @param display null where none is stated
     */
    public record Asked(
            String system,
            @Nullable String version,
            String code,
            @Nullable String display) {}

    /** What is found. */
    public sealed interface Found {
        /**
         * It is right.
         *
         * @param display the concept's own text; empty where none is known
         * @param remark what is odd all the same, such as an inactive concept; null if nothing
         * @param wrongDisplay whether the text that was stated is none of the concept's
         */
        record Right(
                String system,
                String version,
                String display,
                boolean inactive,
                @Nullable String remark,
                boolean wrongDisplay)
                implements Found {}

        /** It is wrong; a sentence says why. */
        record Wrong(String reason) implements Found {}

        /** It can't be told here. */
        record NotHere(Gap gap) implements Found {}
    }

    private final TerminologySource source;
    private final @Nullable String language;

    /** @param language of the text to give back, BCP 47; null for the code system's own */
    public CodeCheck(TerminologySource source, @Nullable String language) {
        this.source = source;
        this.language = language;
    }

    /** Whether the code is in its code system. */
    public Found inSystem(Asked asked) {
        return switch (source.system(asked.system(), asked.version())) {
            case TerminologySource.Found.Here(ConceptTable table) -> inTable(asked, table);
            case TerminologySource.Found.OtherVersion(List<String> versions) ->
                new Found.NotHere(new Gap(
                        Terminology.canonical(asked.system()),
                        Gap.Kind.VERSION,
                        "Version " + asked.version() + " of the code system " + asked.system()
                                + " is not installed, so the code is not checked; installed: "
                                + String.join(", ", versions) + "."));
            case TerminologySource.Found.Absent() ->
                new Found.NotHere(new Gap(
                        Terminology.canonical(asked.system()),
                        Gap.Kind.SYSTEM,
                        "The code system " + asked.system() + " is not installed, so the code is not checked."));
        };
    }

    /** Whether the code is in a value set that was evaluated. */
    public Found inSet(Asked given, CodeSet codes, String canonical) {
        Asked asked = given;
        if (given.system().isEmpty()) {
            List<String> systems = codes.systemsOf(given.code());
            if (systems.isEmpty()) {
                Optional<Gap> gap = codes.unlisted().stream().findFirst();
                return gap.isPresent()
                        ? new Found.NotHere(gap.get())
                        : new Found.Wrong("The code " + given.code() + " is not in the value set " + canonical + ".");
            }
            asked = new Asked(systems.getFirst(), given.version(), given.code(), given.display());
        }
        return switch (codes.contains(asked.system(), asked.version(), asked.code())) {
            case UNKNOWN ->
                new Found.NotHere(codes.gap(asked.system())
                        .orElseGet(() -> new Gap("", Gap.Kind.UNSUPPORTED, "The value set can't be evaluated here.")));
            case OUT ->
                new Found.Wrong("The code " + asked.code() + " of " + asked.system() + " is not in the value set "
                        + canonical + ".");
            case IN -> member(asked, codes);
        };
    }

    /** A member is right even where its code system is not here; where it is, that says more. */
    private Found member(Asked asked, CodeSet codes) {
        String system = Terminology.canonical(asked.system());
        for (CodeSetPart part : codes.parts()) {
            if (!part.system().equals(system) || !part.contains(asked.code())) {
                continue;
            }
            ConceptTable table = part.table();
            if (table != null && table.find(asked.code()) >= 0) {
                return inTable(asked, table);
            }
            String display = part.listed().getOrDefault(asked.code(), "");
            boolean wrong = asked.display() != null
                    && !display.isEmpty()
                    && !TextFilter.plain(asked.display()).equals(TextFilter.plain(display));
            return new Found.Right(
                    system, part.version(), display, false, wrong ? wrongDisplay(asked, display) : null, wrong);
        }
        return new Found.Right(system, "", "", false, null, false);
    }

    private Found inTable(Asked asked, ConceptTable table) {
        SystemFacts facts = table.facts();
        int concept = table.find(asked.code());
        if (concept < 0) {
            return facts.complete()
                    ? new Found.Wrong("The code " + asked.code() + " is not in " + facts.title() + " ("
                            + facts.canonical() + ").")
                    : new Found.NotHere(new Gap(
                            facts.url(),
                            Gap.Kind.SYSTEM,
                            "Only a part of the code system " + facts.canonical()
                                    + " is installed, and the code is not in it."));
        }
        String display = table.display(concept, language);
        boolean wrong = asked.display() != null && !hasText(table, concept, asked.display());
        boolean inactive = !table.active(concept);
        String remark = wrong ? wrongDisplay(asked, display) : null;
        if (inactive) {
            String told = "The code " + asked.code() + " is inactive in " + facts.canonical() + ".";
            remark = remark == null ? told : remark + " " + told;
        }
        return new Found.Right(facts.url(), facts.version(), display, inactive, remark, wrong);
    }

    private static String wrongDisplay(Asked asked, String display) {
        return "The display text that was given is none of the code " + asked.code() + "; it has: " + display + ".";
    }

    private static boolean hasText(ConceptTable table, int concept, String text) {
        String plain = TextFilter.plain(text);
        return TextFilter.plain(table.display(concept)).equals(plain)
                || table.designations(concept).stream()
                        .anyMatch(each -> TextFilter.plain(each.text()).equals(plain));
    }
}
