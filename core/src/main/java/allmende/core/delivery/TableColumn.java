package allmende.core.delivery;

import allmende.core.profile.Words;

/**
 * A column of a delivery's table.
 *
 * @param name unique within the table
 * @param path FHIRPath, relative to the row's element
 * @param type FHIR type of the values
 * @param list whether a cell holds a list
 * @param element id of the element whose values it shows; empty for positions
 * @param unit name of the column that holds the values' unit; empty if they have none
 * @param meaning what it says
 */
public record TableColumn(
        String name, String path, String type, boolean list, String element, String unit, Words meaning) {}
