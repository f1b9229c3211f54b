package allmende.engine.terminology;

import allmende.core.terminology.CodeSystemReader;
import allmende.core.terminology.Terminology;
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

    private ShippedPackage() {}

    /**
     * Reads the classifications from the package; takes about a second.
     *
     * @throws IllegalStateException if the package lacks them: the program was not built from the parts it names
     */
    static List<Terminology.CodeSystem> read() throws IOException {
        List<Terminology.CodeSystem> systems = new ArrayList<>();
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
                    systems.add(usable(entry.getName(), CodeSystemReader.read(tar, version)));
                }
            }
        }
        if (systems.size() != VERSIONS.size()) {
            throw new IllegalStateException(RESOURCE + " lacks a classification");
        }
        return systems;
    }

    private static Terminology.CodeSystem usable(String name, CodeSystemReader.Read read) {
        return switch (read) {
            case CodeSystemReader.Read.Usable(Terminology.CodeSystem system) -> system;
            case CodeSystemReader.Read.Unusable(String reason) ->
                throw new IllegalStateException(RESOURCE + ", " + name + ": " + reason);
        };
    }
}
