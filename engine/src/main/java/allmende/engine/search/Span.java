package allmende.engine.search;

/**
 * A stretch of numbers or of time under a key, which tells what it is a stretch of (a unit, or what it is the value of).
 * Both ends inclusive; the order of the numbers is that of what they stand for.
 */
record Span(long key, long first, long last) {}
