package allmende.engine.terminology.importing;

import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.Designation;
import allmende.core.terminology.operation.Property;
import allmende.core.terminology.operation.SystemFacts;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SNOMED CT from the snapshot files of Release Format 2: concepts, descriptions, inferred is-a relationships and language
 * reference sets; several archives may be read together, such as the international edition and the German extension.
 */
final class SnomedImport implements Importer {

    static final String SNOMED = "http://snomed.info/sct";

    private static final String FULLY_SPECIFIED = "900000000000003001";
    private static final String SYNONYM = "900000000000013009";
    private static final String IS_A = "116680003";
    private static final String INFERRED = "900000000000011006";
    private static final String PREFERRED = "900000000000548007";
    private static final String US_ENGLISH = "900000000000509007";
    private static final String SUFFICIENTLY_DEFINED = "900000000000073002";
    private static final String INTERNATIONAL = "900000000000207008";
    private static final String GERMAN_EXTENSION = "11000274103";
    private static final Pattern DATE = Pattern.compile("_([0-9]{8})\\.txt$");

    private final ConceptTableBuilder builder = new ConceptTableBuilder();
    private final LongSet preferredEnglish = new LongSet();
    private final LongSet preferredOther = new LongSet();
    private final BitSet named = new BitSet();
    private final Set<String> modules = new HashSet<>();

    @Override
    public SystemFacts read(Sources sources, ImportLog log, @Nullable String version) throws IOException {
        List<Sources.Source> concepts = snapshot(sources, "sct2_Concept_");
        List<Sources.Source> descriptions = snapshot(sources, "sct2_Description_");
        List<Sources.Source> relationships = snapshot(sources, "sct2_Relationship_");
        for (Sources.Source source : concepts) {
            new Table(source, log, '\t').read(List.of("id", "active", "moduleId", "definitionStatusId"), this::concept);
        }
        for (Sources.Source source :
                sources.matching(path -> path.contains("der2_cRefset_Language") && path.contains("Snapshot"))) {
            new Table(source, log, '\t')
                    .read(List.of("active", "refsetId", "referencedComponentId", "acceptabilityId"), this::preference);
        }
        List<String> columns = List.of("id", "active", "conceptId", "languageCode", "typeId", "term");
        for (Sources.Source source : descriptions) {
            new Table(source, log, '\t').read(columns, this::name);
        }
        for (Sources.Source source : descriptions) {
            new Table(source, new ImportLog(_ -> {}), '\t').read(columns, this::description);
        }
        for (Sources.Source source : relationships) {
            new Table(source, log, '\t')
                    .read(
                            List.of("active", "sourceId", "destinationId", "typeId", "characteristicTypeId"),
                            this::relationship);
        }
        return new SystemFacts(
                SNOMED,
                version == null ? edition(concepts) : version,
                "SNOMED CT",
                "en",
                true,
                "is-a",
                SNOMED + "?fhir_vs",
                "This material includes SNOMED Clinical Terms® (SNOMED CT®), used by permission of SNOMED International."
                        + " SNOMED CT® was originally created by the College of American Pathologists.");
    }

    @Override
    public ConceptTableBuilder builder() {
        return builder;
    }

    private static List<Sources.Source> snapshot(Sources sources, String prefix) {
        List<Sources.Source> found = sources.matching(path -> path.contains(prefix) && path.contains("Snapshot"));
        if (found.isEmpty()) {
            throw new ImportProblem(
                    "There is no snapshot file " + prefix + "Snapshot….txt: name the ZIP archive of a release in RF2.");
        }
        return found;
    }

    private String edition(List<Sources.Source> concepts) {
        String newest = "";
        for (Sources.Source source : concepts) {
            Matcher date = DATE.matcher(source.path());
            if (date.find() && date.group(1).compareTo(newest) > 0) {
                newest = date.group(1);
            }
        }
        String module = modules.contains(GERMAN_EXTENSION) ? GERMAN_EXTENSION : INTERNATIONAL;
        return SNOMED + "/" + module + (newest.isEmpty() ? "" : "/version/" + newest);
    }

    private String concept(Table.Row row) {
        String id = row.get("id");
        if (!CheckDigits.sctid(id)) {
            return "The identifier is no SNOMED CT identifier, or its check digit is wrong.";
        }
        if (builder.find(id) >= 0) {
            return "The concept occurs twice.";
        }
        int concept = builder.concept(id);
        if (row.get("active").equals("0")) {
            builder.inactive(concept);
        }
        modules.add(row.get("moduleId"));
        boolean defined = row.get("definitionStatusId").equals(SUFFICIENTLY_DEFINED);
        builder.property(concept, Property.of("sufficientlyDefined", Property.Type.BOOLEAN, Boolean.toString(defined)));
        builder.property(concept, Property.of("moduleId", Property.Type.CODE, row.get("moduleId")));
        return "";
    }

    private String preference(Table.Row row) {
        String description = row.get("referencedComponentId");
        if (!CheckDigits.sctid(description)) {
            return "The description's identifier is none, or its check digit is wrong.";
        }
        if (row.get("active").equals("1") && row.get("acceptabilityId").equals(PREFERRED)) {
            LongSet set = row.get("refsetId").equals(US_ENGLISH) ? preferredEnglish : preferredOther;
            set.add(Long.parseLong(description));
        }
        return "";
    }

    /** The first pass over descriptions: checks all, and takes the preferred English synonyms as the concepts' own texts. */
    private String name(Table.Row row) {
        if (!CheckDigits.sctid(row.get("id"))) {
            return "The identifier is no SNOMED CT identifier, or its check digit is wrong.";
        }
        int concept = builder.find(row.get("conceptId"));
        if (concept < 0) {
            return "The concept of the description is in no concept file.";
        }
        if (isOwnText(row) && !named.get(concept)) {
            builder.display(concept, row.get("term"));
            named.set(concept);
        }
        return "";
    }

    private boolean isOwnText(Table.Row row) {
        long id = Long.parseLong(row.get("id"));
        boolean preferred =
                preferredEnglish.contains(id) || (preferredEnglish.isEmpty() && preferredOther.contains(id));
        return row.get("active").equals("1")
                && row.get("typeId").equals(SYNONYM)
                && row.get("languageCode").equals("en")
                && preferred;
    }

    /** The second pass: everything else; a fully specified name stands in where there is no preferred synonym. */
    private String description(Table.Row row) {
        int concept = builder.find(row.get("conceptId"));
        if (concept < 0
                || !CheckDigits.sctid(row.get("id"))
                || row.get("active").equals("0")
                || isOwnText(row)) {
            return "";
        }
        boolean full = row.get("typeId").equals(FULLY_SPECIFIED);
        if (full && !named.get(concept) && row.get("languageCode").equals("en")) {
            builder.display(concept, row.get("term"));
            named.set(concept);
        }
        boolean preferred = !full && preferredOther.contains(Long.parseLong(row.get("id")));
        builder.designation(
                concept,
                new Designation(row.get("languageCode"), SNOMED, row.get("typeId"), preferred, row.get("term")));
        return "";
    }

    private String relationship(Table.Row row) {
        boolean counts = row.get("active").equals("1")
                && row.get("typeId").equals(IS_A)
                && row.get("characteristicTypeId").equals(INFERRED);
        if (!counts) {
            return "";
        }
        int child = builder.find(row.get("sourceId"));
        if (child < 0 || builder.find(row.get("destinationId")) < 0) {
            return "One of the two concepts is in no concept file.";
        }
        builder.parent(child, row.get("destinationId"));
        return "";
    }
}
