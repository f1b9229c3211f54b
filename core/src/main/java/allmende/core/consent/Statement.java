package allmende.core.consent;

/**
 * One thing that a declaration says about one policy, with the days on which it holds. Imprecise ones are already turned
 * to the safe side: permits narrow, declared early; denials wide, declared late.
 *
 * @param permit whether it permits; else it denies
 * @param policy number of the policy or module; {@link Policy#ALL} for all
 * @param from first day on which it holds
 * @param until last day on which it holds, before the policy's own validity is regarded
 * @param order the day that gives its place among the patient's declarations; on the same day denials win
 * @param known the day from which it is known: on evaluation days before, it has not been declared
 * @param consent id of the Consent
 * @param place index of the nested provision; {@link #OUTER} for the outer one
 */
record Statement(boolean permit, int policy, int from, int until, int order, int known, String consent, int place) {

    /** Place of what the outer provision says. */
    static final int OUTER = -1;

    /** Where in the Consent it stands. */
    String path() {
        return path(place);
    }

    static String path(int place) {
        return place == OUTER ? "provision" : "provision.provision[" + place + "]";
    }
}
