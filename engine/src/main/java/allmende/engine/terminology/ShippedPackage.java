package allmende.engine.terminology;

import allmende.core.terminology.CodeSystemReader;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.CodeSystemDocument;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The package of code systems on the class path. */
final class ShippedPackage {

    /** The package's name and version; a newer one makes every cached form stale. */
    static final String NAME = "de.gematik.terminology-1.0.5-4";

    private static final String RESOURCE = "/erp/package/" + NAME + ".tgz";

    /**
     * Files in the package and the version of the classification in each. The version that the files state is the
     * package's own, but codings name the year.
     */
    private static final Map<String, String> VERSIONS =
            Map.of("package/CodeSystem-icd10gm-2025.json", "2025", "package/CodeSystem-ops-2025.json", "2025");

    /** Number of classifications in the package. */
    static final int SYSTEMS = VERSIONS.size();

    private ShippedPackage() {}

    /** What becomes of a file of the package. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(String name, InputStream json, String version);
    }

    /**
     * Reads the classifications from the package; takes about a second.
     *
     * @throws IllegalStateException if the package lacks them: the program was not built from the parts it names
     */
    static List<Terminology.CodeSystem> read() throws IOException {
        return each((name, json, version) -> usable(name, CodeSystemReader.read(json, version)));
    }

    /**
     * Reads the classifications with everything they say of their codes; takes some seconds.
     *
     * @throws IllegalStateException if the package lacks them: the program was not built from the parts it names
     */
    static List<CodeSystemDocument.Read.Usable> documents() throws IOException {
        return each((name, json, version) -> switch (CodeSystemDocument.read(json, version)) {
            case CodeSystemDocument.Read.Usable usable -> usable;
            case CodeSystemDocument.Read.Unusable(String reason) ->
                throw new IllegalStateException(RESOURCE + ", " + name + ": " + reason);
        });
    }

    private static <T> List<T> each(Reading<T> reading) throws IOException {
        List<T> systems = new ArrayList<>();
        try (InputStream resource = ShippedPackage.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the class path lacks " + RESOURCE);
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new BufferedInputStream(new GZIPInputStream(resource, 1 << 16), 1 << 16));
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                String version = VERSIONS.get(entry.getName());
                if (version != null) {
                    systems.add(reading.read(entry.getName(), tar, version));
                }
            }
        }
        if (systems.size() != VERSIONS.size()) {
            throw new IllegalStateException(RESOURCE + " lacks a classification");
        }
        return systems;
    }

    /** The content of one file of the package; the caller closes it. */
    static InputStream open(String file) throws IOException {
        InputStream resource = ShippedPackage.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("the class path lacks " + RESOURCE);
        }
        TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(new GZIPInputStream(resource, 1 << 16), 1 << 16));
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            if (entry.getName().equals(file)) {
                return tar;
            }
        }
        tar.close();
        throw new IllegalStateException(RESOURCE + " lacks " + file);
    }

    private static Terminology.CodeSystem usable(String name, CodeSystemReader.Read read) {
        return switch (read) {
            case CodeSystemReader.Read.Usable(Terminology.CodeSystem system) -> system;
            case CodeSystemReader.Read.Unusable(String reason) ->
                throw new IllegalStateException(RESOURCE + ", " + name + ": " + reason);
        };
    }
}
