package allmende.engine.extract;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a job remembers on disk: the patients, and of each finished batch what it did. A file gets its name when it is
 * complete. Only the owner of the process may read it.
 */
final class WorkFolder {

    private static final String COHORT = "cohort";
    private static final String PART = ".part";

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /** What a finished batch did, and the shared resources that it leads to, with their groups. */
    record Done(Tally tally, Map<ResourceKey, Set<Integer>> shared) {}

    static WorkFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return new WorkFolder(folder);
    }

    /** The patients; empty where they were not found yet. */
    Optional<RoaringBitmap> cohort() throws IOException {
        RoaringBitmap cohort = new RoaringBitmap();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(folder.resolve(COHORT)))) {
            cohort.deserialize(in);
            return Optional.of(cohort);
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    void cohort(RoaringBitmap cohort) throws IOException {
        Path part = folder.resolve(COHORT + PART);
        try (DataOutputStream out = new DataOutputStream(create(part))) {
            cohort.serialize(out);
        }
        name(part, COHORT);
    }

    private static String record(int batch) {
        return "batch-%05d.json".formatted(batch);
    }

    private static String ids(int batch) {
        return "left-out-%05d.ndjson".formatted(batch);
    }

    /** What a batch did; empty where it is not finished. */
    Optional<Done> done(int batch) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(folder.resolve(record(batch)));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
        JsonNode json = FhirJson.parse(bytes);
        Map<ResourceKey, Set<Integer>> shared = new HashMap<>();
        for (JsonNode each : json.path("shared").values()) {
            Set<Integer> groups = new TreeSet<>();
            each.path("groups").values().forEach(group -> groups.add(group.asInt()));
            shared.put(
                    new ResourceKey(
                            each.path("type").asString(""), each.path("id").asString("")),
                    groups);
        }
        return Optional.of(new Done(Tally.of(json.path("tally")), shared));
    }

    /** Says that a batch is finished. */
    void finish(int batch, Done done) throws IOException {
        Path part = folder.resolve(ids(batch) + PART);
        try (OutputStream out = create(part)) {
            for (byte[] line : done.tally().lines()) {
                out.write(line);
                out.write('\n');
            }
        }
        name(part, ids(batch));
        ObjectNode json = FhirJson.mapper().createObjectNode();
        json.set("tally", done.tally().json());
        ArrayNode list = json.putArray("shared");
        done.shared().forEach((key, groups) -> {
            ArrayNode of =
                    list.addObject().put("type", key.type()).put("id", key.id()).putArray("groups");
            groups.forEach(of::add);
        });
        Path record = folder.resolve(record(batch) + PART);
        try (OutputStream out = create(record)) {
            out.write(FhirJson.write(json));
        }
        name(record, record(batch));
    }

    /** Puts the ids of all batches into one file. */
    void collectIds(List<Integer> batches) throws IOException {
        Path part = folder.resolve(Pipeline.IDS + PART);
        try (OutputStream out = create(part)) {
            for (int batch : batches) {
                Path ids = folder.resolve(ids(batch));
                if (Files.exists(ids)) {
                    Files.copy(ids, out);
                }
            }
        }
        name(part, Pipeline.IDS);
        for (int batch : batches) {
            Files.deleteIfExists(folder.resolve(ids(batch)));
        }
    }

    boolean hasIds() {
        return Files.exists(folder.resolve(Pipeline.IDS));
    }

    private static OutputStream create(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void name(Path part, String name) throws IOException {
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
