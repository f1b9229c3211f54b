package allmende.app.extraction;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What polling ends with: the files of a job in the shape of a bulk export (FHIR Bulk Data Access, 2.0), and what tells more. */
final class Manifest {

    /** Files with data. */
    static final Pattern FILE = Pattern.compile("(core|batch-[0-9]{5})\\.ndjson");

    private static final String EXTENSIONS = "https://torch.mii.de/fhir/StructureDefinition/";

    private Manifest() {}

    /**
     * Of a job that is done.
     *
     * @param folder its files
     * @param base address of the FHIR door, as the caller sees it
     * @param ids whether the caller may see the ids of what was left out
     */
    static ObjectNode of(ExtractionState job, Path folder, String base, boolean ids) throws IOException {
        ObjectNode manifest = FhirJson.mapper().createObjectNode();
        manifest.put("transactionTime", job.begun().toString());
        manifest.put("request", base + "/$extract-data");
        manifest.put("requiresAccessToken", true);
        String files = base + "/extractions/" + job.id() + "/";
        ArrayNode output = manifest.putArray("output");
        for (String file : files(folder)) {
            output.addObject().put("type", "NDJSON Bundle").put("url", files + file);
        }
        manifest.putArray("error");
        ArrayNode extensions = manifest.putArray("extension");
        extension(extensions, EXTENSIONS + "torch-job", base + "/Task/" + job.id());
        extension(extensions, EXTENSIONS + "torch-job-diagnostics-summary", files + "report.json");
        extension(extensions, EXTENSIONS + "torch-patient-exclusions", files + Exclusions.PATIENTS);
        extension(extensions, EXTENSIONS + "torch-resource-exclusions", files + Exclusions.RESOURCES);
        extension(extensions, EXTENSIONS + "torch-job-issues", files + JobIssues.FILE);
        if (ids) {
            extension(extensions, "urn:allmende:left-out", files + Exclusions.IDS);
        }
        return manifest;
    }

    private static void extension(ArrayNode extensions, String url, String address) {
        extensions.addObject().put("url", url).put("valueUrl", address);
    }

    /** The files in the order in which they are to be loaded. */
    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> path.toFile().length() > 0)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> FILE.matcher(name).matches())
                    .sorted(Comparator.comparing((String name) -> !name.equals(Transfer.CORE))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }
}
