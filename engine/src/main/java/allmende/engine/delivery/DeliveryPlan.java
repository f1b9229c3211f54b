package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.core.delivery.GroupTables;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extraction;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a delivery shall hold.
 *
 * @param extraction the groups that were asked for
 * @param tables the tables of each group by its id
 * @param formats the forms of the data; at least one
 * @param facts what the delivery says about itself
 * @param changes how de-identification changed elements
 */
public record DeliveryPlan(
        Extraction extraction,
        Map<String, GroupTables> tables,
        Set<DeliveryFormat> formats,
        DeliveryFacts facts,
        ElementChanges changes) {

    public DeliveryPlan {
        tables = new LinkedHashMap<>(tables);
        formats = EnumSet.copyOf(formats);
    }

    /** The plan with the tables that follow from what is known of the groups' profiles. */
    public static DeliveryPlan of(
            Extraction extraction, ProfileKnowledge known, Set<DeliveryFormat> formats, DeliveryFacts facts) {
        Map<String, GroupTables> tables = new LinkedHashMap<>();
        for (AttributeGroup group : extraction.groups()) {
            tables.put(group.id(), known.tables(group));
        }
        return new DeliveryPlan(extraction, tables, formats, facts, ElementChanges.NONE);
    }

    /** The same, telling in the dictionary how elements were changed. */
    public DeliveryPlan with(ElementChanges told) {
        return new DeliveryPlan(extraction, tables, formats, facts, told);
    }

    /** Whether tables are wanted in any form. */
    boolean hasTables() {
        return formats.contains(DeliveryFormat.CSV) || formats.contains(DeliveryFormat.PARQUET);
    }

    /** All tables in order; none twice under one name. */
    List<GroupTable> allTables() {
        return hasTables()
                ? tables.values().stream()
                        .flatMap(each -> each.tables().stream())
                        .toList()
                : List.of();
    }

    List<GroupTable> tablesOf(String group) {
        GroupTables found = tables.get(group);
        return found == null || !hasTables() ? List.of() : found.tables();
    }
}
