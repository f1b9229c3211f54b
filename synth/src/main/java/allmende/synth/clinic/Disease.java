package allmende.synth.clinic;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disease and what it entails, as declared in {@code /allmende/synth/diseases/*.json}.
 *
 * @param id name in the resource files
 * @param name German name
 * @param course whether it stays or passes
 * @param department code of the department that treats it
 * @param female chronic: share of women who have it at that age; passing: events per woman and year
 * @param male the same for men
 * @param raisedBy factor on the risk for each disease that the patient has already
 * @param codes ICD-10-GM codes of which a patient gets one
 * @param effects what it does to laboratory values
 * @param drugs what is given against it
 * @param care what contacts with the hospital it entails
 * @param mortality chronic: deaths per patient and year; passing: deaths per event
 * @param cause ICD-10 (WHO) code as cause of death; null: nobody dies of it
 */
public record Disease(
        String id,
        String name,
        Course course,
        String department,
        AgeCurve female,
        AgeCurve male,
        Map<String, Double> raisedBy,
        List<Code> codes,
        List<LabEffect> effects,
        List<Therapy> drugs,
        List<Care> care,
        double mortality,
        @Nullable String cause) {

    /** Whether a disease stays or passes. */
    public enum Course {
        CHRONIC,
        EPISODE
    }

    /**
     * A way to code the disease.
     *
     * @param icd ICD-10-GM code
     * @param weight how common it is among the codes of the disease
     * @param sided whether a side of the body belongs to it
     */
    public record Code(String icd, double weight, boolean sided) {}

    /**
     * Drugs of which a patient gets one.
     *
     * @param any the choice
     * @param share share of patients who are treated so
     * @param stay whether given during stays for this disease only, else taken at home for as long as the disease lasts
     * @param days days of treatment during a stay, at most
     */
    public record Therapy(List<Drug> any, double share, boolean stay, int days) {}

    /** The risk of a person of that sex and age, before other diseases are considered. */
    public double risk(boolean isFemale, double age) {
        return (isFemale ? female : male).at(age);
    }

    /** Whether it stays. */
    public boolean chronic() {
        return course == Course.CHRONIC;
    }
}
