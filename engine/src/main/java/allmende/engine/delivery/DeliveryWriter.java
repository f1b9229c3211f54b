package allmende.engine.delivery;

import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractSink;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes a delivery. Batches lie beside the folder until all are there, each whole or not at all; {@link #finish} puts them
 * together. Both can be done again after an interruption. Batches may be written by several threads at once; memory does not
 * grow with the data.
 */
public final class DeliveryWriter implements ExtractSink {

    private final Path folder;
    private final Path work;
    private final DeliveryPlan plan;

    private DeliveryWriter(Path folder, DeliveryPlan plan) {
        this.folder = folder;
        this.work = folder.resolveSibling(folder.getFileName() + ".work");
        this.plan = plan;
    }

    /**
     * Begins a delivery in this folder, or goes on with one: complete batches stay.
     *
     * @throws DeliveryFailed if it can't be written
     */
    public static DeliveryWriter open(Path folder, DeliveryPlan plan) {
        DeliveryWriter writer = new DeliveryWriter(folder.toAbsolutePath().normalize(), plan);
        try {
            Files.createDirectories(writer.work);
            writer.sweep();
            return writer;
        } catch (IOException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    /** Removes what interrupted runs have left. */
    private void sweep() throws IOException {
        Trees.delete(leftover());
        try (Stream<Path> paths = Files.list(work)) {
            for (Path path : paths.toList()) {
                String name = path.getFileName().toString();
                if (name.endsWith(DeliveryBatch.PART) || name.endsWith(DeliveryBatch.OLD)) {
                    Trees.delete(path);
                }
            }
        }
    }

    private Path leftover() {
        return folder.resolveSibling(folder.getFileName() + ".done");
    }

    @Override
    public BatchSink batch(int number) throws IOException {
        return new DeliveryBatch(work, String.format(Locale.ROOT, "batch-%06d", number), plan);
    }

    /**
     * Puts the batches together. The folder appears when it is complete; one that was there is replaced. Without batches, a
     * delivery that is complete already stays as it is, so that a finish can be asked for again after any interruption.
     *
     * @throws DeliveryFailed if it can't be written; it can be tried again
     */
    public Delivery finish() {
        try {
            Fragments fragments = Fragments.in(work);
            if (fragments.batches().isEmpty() && Existing.in(folder)) {
                // finished before, and interrupted when only its traces were left
                Trees.delete(work);
                return Existing.read(folder);
            }
            Path building = work.resolve("building");
            Trees.delete(building);
            Files.createDirectories(building);
            Delivery built = new Building(fragments, building, plan).build();
            Trees.delete(folder);
            Files.move(building, folder);
            Trees.force(folder.resolveSibling(""));
            Files.move(work, leftover());
            Trees.delete(leftover());
            return new Delivery(folder, built.files(), built.tables(), built.unfit(), built.hash());
        } catch (IOException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }
}
