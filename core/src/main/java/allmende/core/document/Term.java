package allmende.core.document;

import allmende.core.fhir.Coding;

/**
 * What a new criterion asks for.
 *
 * @param context the context's code in {@code fdpg.mii.cds}
 * @param coding the code to look for
 * @param display the text to show for the code
 */
public record Term(String context, Coding coding, String display) {}
