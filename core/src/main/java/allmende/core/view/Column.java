package allmende.core.view;

/**
 * A column of a view.
 *
 * @param name its name, unique within the view
 * @param type the FHIR type that the definition declares; empty if it declares none
 * @param sqlType the SQL type that the definition declares by the tag {@code ansi/type}; empty if it declares none
 * @param collection whether a cell holds a list
 * @param description what it means, for people; may be empty
 */
public record Column(String name, String type, String sqlType, boolean collection, String description) {}
