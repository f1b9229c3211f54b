package allmende.engine.terminology.importing;

import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.Designation;
import allmende.core.terminology.operation.Property;
import allmende.core.terminology.operation.SystemFacts;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LOINC from {@code Loinc.csv}, alone or in the publisher's ZIP archive; there German texts, the hierarchy by component,
 * the parts of terms and answer lists are read as well.
 */
final class LoincImport implements Importer {

    static final String LOINC = "http://loinc.org";

    private static final Pattern CODE = Pattern.compile("[0-9]{1,7}-[0-9]");
    private static final Pattern PART = Pattern.compile("L[PAL][0-9]{1,8}-[0-9]");

    /** Columns that are kept as properties under their own names. */
    private static final List<String> PROPERTIES = List.of(
            "COMPONENT",
            "PROPERTY",
            "TIME_ASPCT",
            "SYSTEM",
            "SCALE_TYP",
            "METHOD_TYP",
            "CLASS",
            "STATUS",
            "CLASSTYPE",
            "ORDER_OBS",
            "UNITSREQUIRED",
            "EXAMPLE_UNITS",
            "EXAMPLE_UCUM_UNITS",
            "COMMON_TEST_RANK",
            "COMMON_ORDER_RANK",
            "PanelType",
            "VersionFirstReleased",
            "VersionLastChanged");

    private final ConceptTableBuilder builder = new ConceptTableBuilder();
    private String newest = "";

    @Override
    public SystemFacts read(Sources sources, ImportLog log, @Nullable String version) throws IOException {
        List<Sources.Source> tables = sources.matching(path ->
                path.endsWith("Loinc.csv") || path.endsWith("LoincTable.csv") || path.endsWith("LoincTableCore.csv"));
        if (tables.isEmpty()) {
            throw new ImportProblem("There is no file Loinc.csv.");
        }
        new Table(tables.getFirst(), log, ',').read(List.of("LOINC_NUM", "LONG_COMMON_NAME", "STATUS"), this::term);
        for (Sources.Source variant : sources.matching(
                path -> path.contains("LinguisticVariants/de") && path.endsWith("LinguisticVariant.csv"))) {
            new Table(variant, log, ',').read(List.of("LOINC_NUM"), this::german);
        }
        for (Sources.Source links : sources.matching(path -> path.contains("LoincPartLink_"))) {
            new Table(links, log, ',').read(List.of("LoincNumber", "PartNumber", "Property"), this::part);
        }
        for (Sources.Source tree : sources.matching(path -> path.endsWith("ComponentHierarchyBySystem.csv"))) {
            new Table(tree, log, ',').read(List.of("IMMEDIATE_PARENT", "CODE", "CODE_TEXT"), this::place);
        }
        for (Sources.Source answers : sources.matching(path -> path.endsWith("AnswerFile/AnswerList.csv"))) {
            new Table(answers, log, ',').read(List.of("AnswerListId", "AnswerStringId", "DisplayText"), this::answer);
        }
        return new SystemFacts(
                LOINC,
                version == null ? newest : version,
                "LOINC",
                "en",
                true,
                "",
                "http://loinc.org/vs",
                "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief"
                        + " Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee"
                        + " and is available at no cost under the license at http://loinc.org/license.");
    }

    @Override
    public ConceptTableBuilder builder() {
        return builder;
    }

    private String term(Table.Row row) {
        String code = row.get("LOINC_NUM");
        if (!CODE.matcher(code).matches() || !CheckDigits.luhn(code)) {
            return "The code is no LOINC code, or its check digit is wrong.";
        }
        if (builder.find(code) >= 0) {
            return "The code occurs twice.";
        }
        String name = row.get("LONG_COMMON_NAME");
        if (name.isEmpty()) {
            return "LONG_COMMON_NAME is empty.";
        }
        int concept = builder.concept(code);
        builder.display(concept, name);
        for (String other : List.of("SHORTNAME", "DisplayName", "CONSUMER_NAME")) {
            if (!row.get(other).isEmpty() && !row.get(other).equals(name)) {
                builder.designation(concept, new Designation("en", LOINC, other, false, row.get(other)));
            }
        }
        for (String property : PROPERTIES) {
            String value = row.get(property);
            if (!value.isEmpty()) {
                builder.property(concept, Property.of(property, Property.Type.STRING, value));
            }
        }
        if (row.get("STATUS").equals("DEPRECATED")) {
            builder.inactive(concept);
        }
        for (String changed : List.of(row.get("VersionLastChanged"), row.get("VersionFirstReleased"))) {
            if (changed.matches("[0-9]\\.[0-9]{1,3}[a-z]?") && order(changed) > order(newest)) {
                newest = changed;
            }
        }
        return "";
    }

    private static int order(String version) {
        String[] parts = version.replaceAll("[a-z]", "").split("\\.");
        return parts.length < 2 ? -1 : Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
    }

    private String german(Table.Row row) {
        int concept = builder.find(row.get("LOINC_NUM"));
        if (concept < 0) {
            return "The code is not in the table of terms.";
        }
        String display = row.get("LinguisticVariantDisplayName");
        String text = display.isEmpty() ? row.get("LONG_COMMON_NAME") : display;
        if (text.isEmpty()) {
            text = String.join(
                    ":",
                    List.of(
                            row.get("COMPONENT"),
                            row.get("PROPERTY"),
                            row.get("TIME_ASPCT"),
                            row.get("SYSTEM"),
                            row.get("SCALE_TYP")));
        }
        builder.designation(concept, new Designation("de", "", "", true, text));
        return "";
    }

    private String part(Table.Row row) {
        int concept = builder.find(row.get("LoincNumber"));
        String property = row.get("Property");
        if (concept < 0 || !PART.matcher(row.get("PartNumber")).matches()) {
            return "The term is not in the table of terms, or the part has no part number.";
        }
        builder.property(
                concept,
                Property.of(
                        property.substring(property.lastIndexOf('/') + 1), Property.Type.CODE, row.get("PartNumber")));
        return "";
    }

    private String place(Table.Row row) {
        String code = row.get("CODE");
        boolean known = builder.find(code) >= 0;
        if (!known && !PART.matcher(code).matches()) {
            return "The code is neither a term of the table nor a part.";
        }
        int concept = builder.concept(code);
        if (!known) {
            builder.display(concept, row.get("CODE_TEXT"));
            builder.abstractOnly(concept);
        }
        if (!row.get("IMMEDIATE_PARENT").isEmpty()) {
            builder.parent(concept, row.get("IMMEDIATE_PARENT"));
        }
        return "";
    }

    private String answer(Table.Row row) {
        String code = row.get("AnswerStringId");
        if (code.isEmpty()) {
            // lists that another publisher defines have no answers of their own
            return "";
        }
        if (!PART.matcher(code).matches()) {
            return "The answer has no answer number.";
        }
        boolean known = builder.find(code) >= 0;
        int concept = builder.concept(code);
        if (!known) {
            builder.display(concept, row.get("DisplayText"));
        }
        builder.property(concept, Property.of("LIST", Property.Type.CODE, row.get("AnswerListId")));
        return "";
    }
}
