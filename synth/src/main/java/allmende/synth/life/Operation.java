package allmende.synth.life;

/**
 * A procedure.
 *
 * @param ops OPS code; empty for ventilation, which is coded in SNOMED CT
 * @param side R, L or empty
 * @param start first minute
 * @param end last minute; {@link Long#MAX_VALUE}: still going on
 */
public record Operation(String ops, String side, long start, long end) {

    /** Whether this is ventilation by a machine. */
    public boolean ventilation() {
        return ops.isEmpty();
    }
}
