package allmende.synth.life;

import java.util.List;

/**
 * A document of the broad consent.
 *
 * @param kind what it says
 * @param version version of the form
 * @param day day of signature
 * @param modules what the patient agreed to, or took back
 * @param replaced whether a later document has taken its place
 */
public record ConsentDocument(Kind kind, Version version, int day, List<Module> modules, boolean replaced) {

    /** What a document says. */
    public enum Kind {
        CONSENT,
        REFUSAL,
        WITHDRAWAL,
        PARTIAL_WITHDRAWAL
    }

    /** Version of the form, with the identifiers of its texts in the consent module. */
    public enum Version {
        V1_6D("1790", "4053", "2718", "2719"),
        V1_6F("1791", "4053", "2720", "2721"),
        V1_7_2("2079", "4054", "2722", "2723");

        private final String consent;
        private final String refusal;
        private final String withdrawal;
        private final String partialWithdrawal;

        Version(String consent, String refusal, String withdrawal, String partialWithdrawal) {
            this.consent = consent;
            this.refusal = refusal;
            this.withdrawal = withdrawal;
            this.partialWithdrawal = partialWithdrawal;
        }

        /** Last part of the text's object identifier. */
        public String policy(Kind kind) {
            return switch (kind) {
                case CONSENT -> consent;
                case REFUSAL -> refusal;
                case WITHDRAWAL -> withdrawal;
                case PARTIAL_WITHDRAWAL -> partialWithdrawal;
            };
        }
    }

    /** What can be agreed to by itself. */
    public enum Module {
        PATIENT_DATA,
        PATIENT_DATA_RETROSPECTIVE,
        PATIENT_DATA_OUTSIDE_EU,
        INSURANCE_RETROSPECTIVE,
        INSURANCE_PROSPECTIVE,
        BIOSAMPLES,
        BIOSAMPLES_ADDITIONAL,
        BIOSAMPLES_RETROSPECTIVE,
        BIOSAMPLES_OUTSIDE_EU,
        RECONTACT,
        RECONTACT_FINDINGS
    }

    /** Whether it grants the taking and keeping of biosamples. */
    public boolean biosamples() {
        return kind == Kind.CONSENT && modules.contains(Module.BIOSAMPLES);
    }
}
