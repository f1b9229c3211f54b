package allmende.app.concepts;

import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The names and synonyms that the project has written itself: plain text files in {@code /allmende/concepts}. A line is
 * {@code code | German | English | synonym, synonym}; a section {@code [system: context, context]} says of which system
 * the codes are and which contexts get them as concepts. A section without contexts only adds names to concepts that come
 * from elsewhere. Lines that begin with {@code #} are remarks.
 */
final class OwnNames {

    private static final String FOLDER = "/allmende/concepts/";
    private static final List<String> FILES =
            List.of("icd-names.txt", "ops-names.txt", "loinc.txt", "atc.txt", "further.txt", "synonyms.txt");

    /** What the sections call the systems. */
    private static final Map<String, String> SYSTEMS = Map.ofEntries(
            Map.entry("icd", Terminology.ICD_10_GM),
            Map.entry("ops", Terminology.OPS),
            Map.entry("atc", Terminology.ATC_GERMAN),
            Map.entry("loinc", "http://loinc.org"),
            Map.entry("sct", "http://snomed.info/sct"),
            Map.entry("act", "http://terminology.hl7.org/CodeSystem/v3-ActCode"),
            Map.entry("consent", "urn:oid:2.16.840.1.113883.3.1937.777.24.5.3"),
            Map.entry("combined", "fdpg.consent.combined"),
            Map.entry("icd-who", "http://hl7.org/fhir/sid/icd-10"));

    /** The names of a code. */
    record Names(String de, String en, List<String> synonyms) {

        static final Names NONE = new Names("", "", List.of());

        Names {
            synonyms = List.copyOf(synonyms);
        }

        /** Both together; where both have a text the first one wins. */
        Names and(Names other) {
            List<String> all = new ArrayList<>(synonyms);
            all.addAll(other.synonyms);
            return new Names(de.isEmpty() ? other.de : de, en.isEmpty() ? other.en : en, all);
        }
    }

    /** A concept that a section gives to a context. */
    record Given(String context, Coding coding) {}

    private final Map<Coding, Names> names = new HashMap<>();
    private final Map<Given, Boolean> given = new LinkedHashMap<>();
    private final CRC32 checksum = new CRC32();

    private OwnNames() {}

    /** Reads the files. */
    static OwnNames shipped() {
        OwnNames own = new OwnNames();
        for (String file : FILES) {
            byte[] bytes = resource(file);
            own.checksum.update(bytes);
            own.read(file, new String(bytes, StandardCharsets.UTF_8));
        }
        return own;
    }

    private void read(String file, String text) {
        String system = "";
        List<String> contexts = List.of();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("[")) {
                String[] parts = line.substring(1, line.indexOf(']')).split(":", 2);
                system = SYSTEMS.getOrDefault(parts[0].strip(), "");
                contexts = parts.length < 2 ? List.of() : list(parts[1]);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split("\\|", -1);
                if (system.isEmpty() || cells.length < 2) {
                    throw new IllegalStateException(file + ", line " + number + " is not a name of a known system");
                }
                add(new Coding(system, cells[0].strip()), contexts, cells);
            }
        }
    }

    private void add(Coding coding, List<String> contexts, String[] cells) {
        Names read = new Names(
                cells[1].strip(),
                cells.length > 2 ? cells[2].strip() : "",
                cells.length > 3 ? list(cells[3]) : List.of());
        names.merge(coding, read, Names::and);
        contexts.forEach(context -> given.put(new Given(context, coding), true));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** The names of a code; none where nothing was written. */
    Names of(Coding coding) {
        return names.getOrDefault(coding, Names.NONE);
    }

    /** The concepts that the files give to contexts, in their order. */
    List<Given> given() {
        return List.copyOf(given.keySet());
    }

    /** All codes with names of their own. */
    List<Coding> codings() {
        return List.copyOf(names.keySet());
    }

    /** Differs, as far as a checksum can tell, whenever a file does. */
    long fingerprint() {
        return checksum.getValue();
    }

    private static byte[] resource(String name) {
        try (InputStream stream = OwnNames.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + FOLDER + name);
            }
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
