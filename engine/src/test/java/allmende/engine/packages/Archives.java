package allmende.engine.packages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes packages for tests. */
final class Archives {

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    static Archives of(String name, String version) {
        return new Archives()
                .with(
                        "package/package.json",
                        "{\"name\":\"%s\",\"version\":\"%s\",\"fhirVersions\":[\"4.0.1\"],\"dependencies\":{\"hl7.fhir.r4.core\":\"4.0.1\",\"other\":\"1.5.x\"}}"
                                .formatted(name, version));
    }

    Archives with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Archives with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    Archives valueSet(String url, String version) {
        return with(
                "package/ValueSet-" + files.size() + ".json",
                "{\"resourceType\":\"ValueSet\",\"id\":\"v%s\",\"url\":\"%s\",\"version\":\"%s\",\"name\":\"V\"}"
                        .formatted(files.size(), url, version));
    }

    Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (Map.Entry<String, byte[]> one : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(one.getKey(), true);
                entry.setSize(one.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(one.getValue());
                tar.closeArchiveEntry();
            }
        }
        return file;
    }
}
