package allmende.synth.clinic;

/**
 * A medicinal product as the hospital's pharmacy stocks it.
 *
 * @param id name in the resource files and of the shared Medication
 * @param atc ATC code, German version
 * @param name name of the substance in German
 * @param cas CAS registry number of the substance
 * @param strength amount of substance in one unit of the product
 * @param unit UCUM code of the strength and of the dose
 * @param form how it is made and given
 * @param dose amount of one intake
 * @param perDay intakes a day
 */
public record Drug(
        String id,
        String atc,
        String name,
        String cas,
        double strength,
        String unit,
        Form form,
        double dose,
        int perDay) {

    /** Pharmaceutical form and route, with their EDQM standard terms. */
    public enum Form {
        TABLET("10219000", "Tablet", "20053000", "Oral use"),
        CAPSULE("10210000", "Capsule, hard", "20053000", "Oral use"),
        INFUSION("11210000", "Solution for infusion", "20045000", "Intravenous use"),
        INJECTION("11201000", "Solution for injection", "20066000", "Subcutaneous use"),
        INHALATION("11109000", "Inhalation powder", "20020000", "Inhalation use");

        private final String formCode;
        private final String formName;
        private final String routeCode;
        private final String routeName;

        Form(String formCode, String formName, String routeCode, String routeName) {
            this.formCode = formCode;
            this.formName = formName;
            this.routeCode = routeCode;
            this.routeName = routeName;
        }

        /** EDQM code of the pharmaceutical form. */
        public String formCode() {
            return formCode;
        }

        /** English name of the pharmaceutical form. */
        public String formName() {
            return formName;
        }

        /** EDQM code of the route of administration. */
        public String routeCode() {
            return routeCode;
        }

        /** English name of the route of administration. */
        public String routeName() {
            return routeName;
        }
    }
}
