package allmende.app.quality;

import allmende.engine.packages.Definition;
import allmende.engine.packages.InstalledPackage;
import allmende.engine.packages.Packages;
import allmende.hapi.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the snapshots that packages came without and keeps them beside the package, so that each is made once. What can't
 * be made is told, here and in the list of packages.
 */
public final class SnapshotRun {

    /** In the folder of a package's snapshots: why some could not be made, a line each. */
    private static final String FAILURES = "failures.txt";

    private final Packages packages;

    /** A run over these packages. */
    public SnapshotRun(Packages packages) {
        this.packages = packages;
    }

    /** Something that has no snapshot, and why. */
    public record Failure(String canonical, String reason) {}

    /**
     * What a run did.
     *
     * @param made how many snapshots there are now that were none before
     * @param failures profiles without
     */
    public record Report(int made, List<Failure> failures) {
        public Report {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Makes those that are missing, also ones that failed before: what they build on may have come since.
     *
     * @throws IOException if they can't be written
     */
    public Report run() throws IOException {
        Snapshots snapshots = new Snapshots(new PackageDefinitions(packages));
        int made = 0;
        List<Failure> all = new ArrayList<>();
        for (InstalledPackage installed : packages.list()) {
            List<Failure> failures = new ArrayList<>();
            for (Definition definition : installed.definitions()) {
                if (!lacksSnapshot(definition)) {
                    continue;
                }
                switch (snapshots.make(Files.readAllBytes(definition.file()))) {
                    case Snapshots.Outcome.Made(byte[] profile) -> {
                        keep(definition.generated(), profile);
                        made++;
                    }
                    case Snapshots.Outcome.Failed(String reason) ->
                        failures.add(new Failure(definition.canonical(), reason));
                }
            }
            keepFailures(installed, failures);
            all.addAll(failures);
        }
        return new Report(made, all);
    }

    /** How many profiles of a package have no snapshot. */
    public static long lacking(InstalledPackage installed) {
        return installed.definitions().stream()
                .filter(SnapshotRun::lacksSnapshot)
                .count();
    }

    private static boolean lacksSnapshot(Definition definition) {
        return definition.resourceType().equals("StructureDefinition")
                && !definition.snapshot()
                && !Files.exists(definition.generated());
    }

    private static void keepFailures(InstalledPackage installed, List<Failure> failures) throws IOException {
        if (installed.definitions().isEmpty()) {
            return;
        }
        Path file = installed.definitions().getFirst().generated().resolveSibling(FAILURES);
        if (failures.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            keep(
                    file,
                    String.join(
                                    "\n",
                                    failures.stream()
                                            .map(one -> one.canonical() + "\t" + one.reason())
                                            .toList())
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void keep(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path aside = Files.createTempFile(file.getParent(), "snapshot", ".tmp");
        Files.write(aside, bytes);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
