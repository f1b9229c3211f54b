package allmende.core.terminology;

/**
 * An interval of concept numbers, both ends inclusive. A concept number is {@code (system number << 32) | position};
 * positions of a tree are its pre-order, so that a code and everything below it is one interval. A directed acyclic
 * graph may need several.
 */
public record ConceptRange(long low, long high) {}
