package allmende.core.delivery;

/**
 * A place where codes stand.
 *
 * @param owner the table in whose rows it is
 * @param path where, relative to these rows
 * @param element id of the element
 * @param concept whether it is a {@code CodeableConcept}; else it is a {@code Coding}
 */
record CodeBranch(Draft owner, String path, String element, boolean concept) {}
