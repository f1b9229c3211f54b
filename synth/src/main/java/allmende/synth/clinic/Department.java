package allmende.synth.clinic;

/**
 * A department of the hospital.
 *
 * @param code key of the department (Fachabteilungsschlüssel, four digits)
 * @param name German name
 */
public record Department(String code, String name) {}
