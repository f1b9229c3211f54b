package allmende.core.fhir;

/**
 * A business identifier.
 *
 * @param system URI of the namespace; empty where none is given
 * @param value the identifier within it, never empty
 */
public record Identifier(String system, String value) {}
