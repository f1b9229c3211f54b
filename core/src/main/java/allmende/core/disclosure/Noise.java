package allmende.core.disclosure;

/** Noise for the numbers of one report. */
interface Noise {

    /**
     * The noise of one number.
     *
     * @param place which number of the report it is; the same place has the same noise
     */
    long of(Mechanism mechanism, String place);
}
