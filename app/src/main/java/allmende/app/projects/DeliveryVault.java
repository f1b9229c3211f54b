package allmende.app.projects;

import allmende.core.digest.Sha256;
import allmende.core.disclosure.DeliveryDecision.Ticket;
import allmende.core.disclosure.Released;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where the files of builds and deliveries lie, and the only class that opens them. What lets content out of here takes
 * a {@link Released} ticket, which only the gate makes.
 */
final class DeliveryVault {

    /** Ending of the file beside a build with the ids of what it left out. It is deleted with the build. */
    private static final String LEFT_OUT = ".left-out";

    private static final int CHUNK = 64 * 1024;

    private final Path builds;
    private final Path deliveries;

    DeliveryVault(Path data) {
        this.builds = data.resolve("builds");
        this.deliveries = data.resolve("deliveries");
    }

    /** An empty room for the files of a build; for whoever builds, and nobody else. */
    Building.Room room(long build) throws IOException {
        drop(build);
        privately(builds);
        return new Building.Room(privately(builds.resolve(Long.toString(build))), leftOutFile(build));
    }

    private Path leftOutFile(long build) {
        return builds.resolve(build + LEFT_OUT);
    }

    /** Whether it is still known by id what a build has left out. */
    boolean knowsLeftOut(long build) {
        return Files.exists(leftOutFile(build));
    }

    /**
     * Tells by id what a build has left out: about patients of this site, for its own data steward.
     *
     * @throws IOException if it can't be read, or is not known any more
     */
    void leftOut(long build, Consumer<LeftOut> each) throws IOException {
        try (Stream<String> lines = Files.lines(leftOutFile(build), StandardCharsets.UTF_8)) {
            lines.map(LeftOut::of).forEach(each);
        }
    }

    /** SHA-256 over names and contents of the files of a build; empty where there are none. */
    String contentHash(long build) throws IOException {
        Path folder = builds.resolve(Long.toString(build));
        if (Files.notExists(folder)) {
            return "";
        }
        MessageDigest digest = Sha256.fresh();
        for (Path file : files(folder)) {
            String line = name(folder, file) + "\n" + Files.size(file) + "\n" + hash(file) + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Deletes the files of a build, and what was left of making them. */
    void drop(long build) throws IOException {
        if (Files.notExists(builds)) {
            return;
        }
        String name = Long.toString(build);
        List<Path> own;
        try (Stream<Path> all = Files.list(builds)) {
            own = all.filter(path -> path.getFileName().toString().equals(name)
                            || path.getFileName().toString().startsWith(name + "."))
                    .toList();
        }
        for (Path path : own) {
            Trees.delete(path);
        }
    }

    /** Deletes the ids of what builds have left out, of all builds. */
    void forgetLeftOut() throws IOException {
        if (Files.notExists(builds)) {
            return;
        }
        List<Path> lists;
        try (Stream<Path> all = Files.list(builds)) {
            lists = all.filter(path -> path.getFileName().toString().endsWith(LEFT_OUT))
                    .toList();
        }
        for (Path list : lists) {
            Files.deleteIfExists(list);
        }
    }

    /** Deletes the files of a delivery. */
    void dropDelivery(String id) throws IOException {
        Trees.delete(deliveries.resolve(id));
    }

    /**
     * Packs what was released into one encrypted file.
     *
     * @param ticket the gate's leave for this very build
     * @param id name of the delivery
     * @param key public key of the recipient
     */
    List<Delivery.SealedFile> seal(Released<Ticket<Build>> ticket, String id, Sealer sealer, String key)
            throws IOException {
        Build build = ticket.content().delivery();
        Path folder = builds.resolve(Long.toString(build.id()));
        privately(deliveries);
        Path to = privately(deliveries.resolve(id));
        String name = build.project() + "-" + build.id() + sealer.suffix();
        sealer.seal(folder, to.resolve(name), key);
        Path sealed = to.resolve(name);
        return List.of(new Delivery.SealedFile(name, Files.size(sealed), hash(sealed)));
    }

    /**
     * Sends a file of a delivery.
     *
     * @param ticket the gate's leave for this very delivery, of this moment
     * @param open asked before each piece: a stop ends what is under way
     * @return whether all of it was sent
     */
    boolean send(Released<Ticket<Delivery>> ticket, Delivery.SealedFile file, OutputStream out, BooleanSupplier open)
            throws IOException {
        byte[] piece = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(place(ticket, file))) {
            int read = in.read(piece);
            while (read >= 0 && open.getAsBoolean()) {
                out.write(piece, 0, read);
                read = in.read(piece);
            }
            return read < 0;
        }
    }

    /** The whole of a file of a delivery, for the site's own store. */
    byte[] whole(Released<Ticket<Delivery>> ticket, Delivery.SealedFile file) throws IOException {
        return Files.readAllBytes(place(ticket, file));
    }

    private Path place(Released<Ticket<Delivery>> ticket, Delivery.SealedFile file) {
        Delivery delivery = ticket.content().delivery();
        if (!delivery.files().contains(file)) {
            throw new IllegalArgumentException("the ticket is for another delivery");
        }
        return deliveries.resolve(delivery.id()).resolve(file.name());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> name(folder, file)))
                    .toList();
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.fresh();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Path privately(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return folder;
    }
}
