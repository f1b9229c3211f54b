package allmende.core.terminology.operation;

/**
 * A text for a concept.
 *
 * @param language BCP 47 code, for example {@code de}; empty where the source names none
 * @param useSystem code system of what the text is for; empty where the source names none
 * @param use what the text is for, for example a SNOMED description type; empty where the source names none
 * @param preferred whether the source prefers this text in its language
 */
public record Designation(String language, String useSystem, String use, boolean preferred, String text) {}
