package allmende.core.cohort;

import allmende.core.cohort.CatalogueRead.FileProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads catalogues. A catalogue is a set of files, one per module; a file's name without {@code .json} is its module's
 * name. docs/implementation/ccdl.md describes the format.
 */
public final class Catalogues {

    private static final String FOLDER = "/allmende/catalogue/";
    private static final String SUFFIX = ".json";

    private Catalogues() {}

    /**
     * The catalogue that comes with the program: the files in {@code /allmende/catalogue} of the class path that its file
     * {@code modules.txt} names, one a line, in the order in which they are shown.
     */
    public static Catalogue shipped() {
        return switch (read(shippedFiles())) {
            case CatalogueRead.Complete complete -> complete.catalogue();
            case CatalogueRead.Faulty faulty ->
                throw new IllegalStateException(
                        "The shipped catalogue is faulty: " + faulty.problems().getFirst());
        };
    }

    /** The files of the shipped catalogue by name, so that a site can add its own and read all of them together. */
    public static Map<String, byte[]> shippedFiles() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String modules = new String(resource("modules.txt"), StandardCharsets.UTF_8);
        modules.lines()
                .filter(line -> !line.isBlank())
                .forEach(module -> files.put(module + SUFFIX, resource(module + SUFFIX)));
        return files;
    }

    /**
     * Reads files strictly.
     *
     * @param files content by file name, in the order in which modules are to be shown
     */
    public static CatalogueRead read(Map<String, byte[]> files) {
        List<FileProblem> found = new ArrayList<>();
        Map<String, ContextDefinition> contexts = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        files.forEach((file, content) -> {
            List<Problem> problems = new ArrayList<>();
            for (ContextDefinition context : contexts(file, content, problems)) {
                contexts.putIfAbsent(context.code(), context);
                claim(context, file, names, problems);
            }
            problems.forEach(problem -> found.add(new FileProblem(file, problem)));
        });
        contexts.values().forEach(context -> checkTargets(context, contexts, found));
        return found.isEmpty() ? new CatalogueRead.Complete(new Catalogue(contexts)) : new CatalogueRead.Faulty(found);
    }

    private static List<ContextDefinition> contexts(String file, byte[] content, List<Problem> problems) {
        return switch (FhirJson.read(content)) {
            case JsonRead.Parsed parsed -> {
                String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
                yield CatalogueReader.read(Place.root(parsed.tree(), problems), name);
            }
            case JsonRead.Malformed malformed -> {
                problems.add(new Problem("", malformed.toString()));
                yield List.of();
            }
        };
    }

    /** A code, alias or default belongs to one context only. */
    private static void claim(
            ContextDefinition context, String file, Map<String, String> names, List<Problem> problems) {
        List<String> claims = new ArrayList<>(context.aliases());
        claims.add(context.code());
        context.defaultFor().forEach(token -> claims.add("defaultFor " + token));
        for (String claim : claims) {
            String owner = names.putIfAbsent(claim, context.code() + " in " + file);
            if (owner != null) {
                problems.add(new Problem("", context.code() + ": " + claim + " already belongs to " + owner + "."));
            }
        }
    }

    private static void checkTargets(
            ContextDefinition context, Map<String, ContextDefinition> contexts, List<FileProblem> found) {
        context.attributes().stream()
                .flatMap(attribute -> attribute.targets().stream())
                .filter(target -> !contexts.containsKey(target))
                .forEach(target -> found.add(new FileProblem(
                        context.module() + SUFFIX,
                        new Problem("", context.code() + ": there is no target context " + target + "."))));
    }

    private static byte[] resource(String name) {
        try (InputStream stream = Catalogues.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + FOLDER + name);
            }
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
