package allmende.synth;

/**
 * One resource as the hospital writes it.
 *
 * @param type resource type, for example {@code Patient}
 * @param id logical id, unique per type
 * @param json the resource as compact JSON, UTF-8
 */
public record SyntheticResource(String type, String id, byte[] json) {}
