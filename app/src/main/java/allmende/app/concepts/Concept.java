package allmende.app.concepts;

import allmende.core.fhir.Coding;
import java.util.Locale;

/**
 * A concept in a context: what a criterion can be built from.
 *
 * @param context code of the context in the catalogue
 * @param module name of the context's module
 * @param system canonical URI of the code system
 * @param displayDe German text; the English one where there is no German one
 * @param displayEn English text; the German one, with the English text of what is above it, where there is none
 * @param patients patients with the concept or one below it, as sites publish it, summed over sites; 0 where no site has
 *     published any
 * @param sites number of sites that have published patients for it
 * @param leaf whether nothing is below it
 */
public record Concept(
        String context,
        String module,
        String system,
        String code,
        String displayDe,
        String displayEn,
        long patients,
        int sites,
        boolean leaf) {

    /** System and code. */
    public Coding coding() {
        return new Coding(system, code);
    }

    /** The text in German or, for every other language, in English. */
    public String display(Locale language) {
        return language.getLanguage().equals(Locale.GERMAN.getLanguage()) ? displayDe : displayEn;
    }
}
