package allmende.core.view;

/**
 * What is wrong with a view definition.
 *
 * @param pointer where, as a JSON pointer into the definition
 * @param reason a sentence that says what is wrong
 */
public record ViewProblem(String pointer, String reason) {}
