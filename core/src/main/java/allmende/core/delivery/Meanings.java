package allmende.core.delivery;

import allmende.core.profile.Words;
import java.util.Map;

/** What columns say, in words: the title of the nearest element that has one, and what of it the column shows. */
final class Meanings {

    static final Words RESOURCE = new Words(
            "Schlüssel der Ressource: Typ und Id. Andere Tabellen verweisen darauf.",
            "Key of the resource: type and id. Other tables refer to it.");
    static final Words OWNER = new Words(
            "Ressource, zu der die Zeile gehört: Schlüssel der Haupttabelle der Gruppe.",
            "Resource that the row belongs to: key of the group's main table.");
    static final Words PATIENT = new Words(
            "Patient, zu dem die Ressource gehört: Schlüssel der Tabelle der Patienten.",
            "Patient whom the resource is about: key of the table of patients.");
    static final Words POSITION = new Words("Platz in der Liste, ab 0.", "Place in the list, from 0.");
    static final Words ELEMENT = new Words("Element, in dem der Code steht.", "Element in which the code stands.");

    private static final Map<String, Words> LEAVES = Map.ofEntries(
            Map.entry("system", new Words("Codesystem", "code system")),
            Map.entry("version", new Words("Version des Codesystems", "version of the code system")),
            Map.entry("code", new Words("Code", "code")),
            Map.entry("display", new Words("Anzeigetext zum Code", "display text of the code")),
            Map.entry("text", new Words("in Worten", "in words")),
            Map.entry("value", new Words("Wert", "value")),
            Map.entry(
                    "comparator",
                    new Words(
                            "Vergleichszeichen, wo der Wert eine Grenze ist",
                            "comparator, where the value is a limit")),
            Map.entry("unit", new Words("Einheit in Worten", "unit in words")),
            Map.entry("unit_code", new Words("Einheit in UCUM", "unit in UCUM")),
            Map.entry("start", new Words("Beginn", "start")),
            Map.entry("end", new Words("Ende", "end")),
            Map.entry(
                    "reference",
                    new Words(
                            "Schlüssel der Ressource, auf die verwiesen wird",
                            "key of the resource that is referred to")),
            Map.entry("position", POSITION));

    private Meanings() {}

    /**
     * The meaning of a column.
     *
     * @param id id of the element
     * @param leaf which part of the element it shows; empty for the element itself
     */
    static Words of(ElementFacts facts, String id, String leaf) {
        String titled = id;
        Words title = facts.fact(titled).title();
        while (title == null && titled.indexOf('.') > 0) {
            titled = titled.substring(0, titled.lastIndexOf('.'));
            title = titled.indexOf('.') < 0 ? null : facts.fact(titled).title();
        }
        String rest = title == null ? id.substring(id.indexOf('.') + 1) : id.substring(titled.length());
        String below = rest.startsWith(".") ? rest.substring(1) : rest;
        Words head = title == null ? new Words(below, below) : joined(title, new Words(below, below), " – ");
        return joined(head, leaf(leaf), " – ");
    }

    /** What a part of a value says. */
    static Words leaf(String name) {
        return LEAVES.getOrDefault(name, new Words(name, name));
    }

    private static Words joined(Words head, Words tail, String by) {
        return tail.en().isEmpty() ? head : new Words(head.de() + by + tail.de(), head.en() + by + tail.en());
    }
}
