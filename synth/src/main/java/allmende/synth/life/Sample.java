package allmende.synth.life;

import org.jspecify.annotations.Nullable;

/**
 * A specimen in the biobank.
 *
 * @param kind of what
 * @param minute when taken
 * @param topography ICD-O-3 topography of tissue; null for blood
 */
public record Sample(Kind kind, long minute, @Nullable String topography) {

    /** What the specimen is, with SNOMED CT code. */
    public enum Kind {
        SERUM("119364003", "Serum specimen (specimen)"),
        PLASMA("119361006", "Plasma specimen (specimen)"),
        BLOOD("122555007", "Venous blood specimen (specimen)"),
        TISSUE("119376003", "Tissue specimen (specimen)");

        private final String code;
        private final String display;

        Kind(String code, String display) {
            this.code = code;
            this.display = display;
        }

        /** SNOMED CT code. */
        public String code() {
            return code;
        }

        /** SNOMED CT term. */
        public String display() {
            return display;
        }
    }
}
