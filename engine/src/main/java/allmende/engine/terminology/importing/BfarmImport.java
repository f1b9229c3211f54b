package allmende.engine.terminology.importing;

import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.Property;
import allmende.core.terminology.operation.SystemFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ICD-10-GM or OPS of a year from the files of BfArM: the ClaML file, else the meta files ({@code …kodes.txt} with
 * {@code …gruppen.txt} and {@code …kapitel.txt}).
 */
final class BfarmImport implements Importer {

    private static final Pattern ICD = Pattern.compile("[A-Z][0-9]{2}(\\.[0-9]{1,2})?");
    private static final Pattern OPS = Pattern.compile("[1-9]-[0-9]{2}[0-9a-z](\\.[0-9a-z]{1,2})?");
    private static final Pattern GROUP_FIRST = Pattern.compile("[A-Z][0-9]{2}|[1-9]-[0-9]{2}");
    private static final Pattern YEAR = Pattern.compile("(icd10gm|ops)(20[0-9]{2})");
    private static final int TITLE_MIN = 3;
    private static final int LEVEL_THREE = 3;
    private static final int LEVEL_FOUR_OPS = 5;

    private final ConceptTableBuilder builder = new ConceptTableBuilder();

    /** Codes of groups by their first category. */
    private final Map<String, String> groups = new HashMap<>();

    private boolean ops;

    @Override
    public SystemFacts read(Sources sources, ImportLog log, @Nullable String version) throws IOException {
        List<Sources.Source> claml =
                sources.matching(path -> path.toLowerCase(Locale.ROOT).contains("claml") && path.endsWith(".xml"));
        if (!claml.isEmpty()) {
            Claml.Head head = new Claml(builder, log).read(claml.getFirst());
            ops = head.name().toUpperCase(Locale.ROOT).startsWith("OPS");
            return facts(version == null ? head.version() : version);
        }
        List<Sources.Source> codes = sources.matching(path -> path.endsWith("kodes.txt"));
        if (codes.isEmpty()) {
            throw new ImportProblem("There is neither a ClaML file (….xml) nor a meta file ….kodes.txt.");
        }
        String name = codes.getFirst().name();
        Matcher year = YEAR.matcher(name);
        ops = name.startsWith("ops");
        String told = year.find() ? year.group(2) : version;
        if (told == null) {
            throw new ImportProblem("The name of the file " + name + " tells no year; name it with --version.");
        }
        rows(sources.matching(path -> path.endsWith("kapitel.txt")), log, this::chapter);
        rows(sources.matching(path -> path.endsWith("gruppen.txt")), log, this::group);
        rows(codes, log, this::code);
        return facts(version == null ? told : version);
    }

    @Override
    public ConceptTableBuilder builder() {
        return builder;
    }

    private SystemFacts facts(String version) {
        return new SystemFacts(
                ops ? Terminology.OPS : Terminology.ICD_10_GM,
                version,
                ops ? "OPS" : "ICD-10-GM",
                "de",
                true,
                "classified-with",
                ops ? "http://fhir.de/ValueSet/bfarm/ops" : "http://fhir.de/ValueSet/bfarm/icd-10-gm",
                (ops ? "BfArM" : "WHO, BfArM")
                        + ". Erstellt unter Verwendung der maschinenlesbaren Fassung des Bundesinstituts für Arzneimittel"
                        + " und Medizinprodukte (BfArM).");
    }

    /** Uses a row; a sentence where it can't be used. */
    @FunctionalInterface
    private interface Reader {
        String read(List<String> fields);
    }

    private static void rows(List<Sources.Source> sources, ImportLog log, Reader reader) throws IOException {
        for (Sources.Source source : sources) {
            log.file(source.name());
            try (Rows rows = new Rows(source.open(), StandardCharsets.UTF_8, ';', false)) {
                for (List<String> fields = rows.next(); fields != null; fields = rows.next()) {
                    log.line();
                    String reason = reader.read(fields);
                    if (!reason.isEmpty()) {
                        log.refuse(rows.line(), reason);
                    }
                }
            }
        }
    }

    /** Number and title. */
    private String chapter(List<String> fields) {
        if (fields.size() < 2 || fields.getFirst().isBlank()) {
            return "It has no number and title of a chapter.";
        }
        int concept = builder.concept(chapterCode(fields.getFirst()));
        builder.display(concept, fields.get(1));
        builder.property(concept, Property.of("classKind", Property.Type.STRING, "chapter"));
        return "";
    }

    /** First and last category, number of the chapter, title. */
    private String group(List<String> fields) {
        if (fields.size() < 4 || !GROUP_FIRST.matcher(fields.getFirst()).lookingAt()) {
            return "It has no first and last category, chapter and title of a group.";
        }
        int concept = builder.concept(groupCode(fields.getFirst(), fields.get(1)));
        builder.display(concept, fields.getLast());
        builder.property(concept, Property.of("classKind", Property.Type.STRING, "block"));
        builder.parent(concept, chapterCode(fields.get(2)));
        groups.put(fields.getFirst(), groupCode(fields.getFirst(), fields.get(1)));
        return "";
    }

    /** The code stands where it is written in full; its title follows. The fifth field is the first category of the group. */
    private String code(List<String> fields) {
        Pattern pattern = ops ? OPS : ICD;
        // the fifth field is a category, too: the code comes after it
        int at = Math.min(5, fields.size());
        while (at < fields.size() && !pattern.matcher(fields.get(at)).matches()) {
            at++;
        }
        String title = "";
        for (int i = at + 1; i < fields.size() && title.isEmpty(); i++) {
            title = isTitle(fields.get(i), pattern) ? fields.get(i) : "";
        }
        if (title.isEmpty()) {
            return "There is no code with a title.";
        }
        String code = fields.get(at);
        if (builder.find(code) >= 0) {
            return "The code occurs twice.";
        }
        int concept = builder.concept(code);
        builder.display(concept, title);
        builder.property(concept, Property.of("classKind", Property.Type.STRING, "category"));
        builder.parent(concept, above(code, fields));
        return "";
    }

    private static boolean isTitle(String field, Pattern code) {
        return field.length() >= TITLE_MIN
                && !code.matcher(field).matches()
                && field.chars().anyMatch(Character::isLowerCase)
                && field.chars().anyMatch(c -> Character.isLetter(c) && c > 'Z');
    }

    /** What stands above a code is seen from the code; above a category stands its group. */
    private String above(String code, List<String> fields) {
        int top = ops ? LEVEL_FOUR_OPS : LEVEL_THREE;
        if (code.length() > top) {
            String shorter = code.substring(0, code.length() - 1);
            return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
        }
        String first = fields.get(4);
        return groups.getOrDefault(first, chapterCode(fields.get(3)));
    }

    private String groupCode(String first, String last) {
        return ops ? first + "..." + last : first + "-" + last;
    }

    /** ICD-10-GM numbers its chapters in Roman numerals; OPS in figures. */
    private String chapterCode(String number) {
        String plain = number.strip().replaceFirst("^0+", "");
        return ops || !plain.matches("[0-9]{1,2}") ? plain : roman(Integer.parseInt(plain));
    }

    private static String roman(int number) {
        String[] ones = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
        return "X".repeat(number / 10) + ones[number % 10];
    }
}
