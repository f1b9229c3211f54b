package allmende.engine.delivery;

import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A folder as one file (tar), and back. The same folder becomes the same bytes. */
final class Packing {

    private static final String TOP = "delivery/";
    private static final int MODE = 0100640;

    /** What a file needs beside its content: its heading, and padding. */
    private static final long OVERHEAD = 4096;

    private Packing() {}

    /** The content can't be written; the archive may be in order. */
    static final class Unwritable extends IOException {
        private static final long serialVersionUID = 1;

        Unwritable(IOException cause) {
            super(cause);
        }
    }

    /** Bytes that packing yields at most. */
    static long size(Path folder) throws IOException {
        long size = 0;
        for (String path : Trees.files(folder)) {
            size += Files.size(folder.resolve(path)) + OVERHEAD;
        }
        return size;
    }

    static void pack(Path folder, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (String path : Trees.files(folder)) {
            TarArchiveEntry entry = new TarArchiveEntry(TOP + path);
            entry.setSize(Files.size(folder.resolve(path)));
            entry.setMode(MODE);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            Files.copy(folder.resolve(path), tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
        tar.flush();
    }

    /** Unpacks to the end of the stream, so that all of it is verified; returns how many files there were. */
    static int unpack(InputStream in, Path folder) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        int files = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (!entry.isDirectory()) {
                write(tar, target(entry, folder));
                files++;
            }
        }
        byte[] rest = new byte[1 << 16];
        while (in.read(rest) >= 0) {
            // the proof of genuineness stands at the end
        }
        if (files == 0) {
            throw new IOException("the archive is empty");
        }
        return files;
    }

    private static Path target(TarArchiveEntry entry, Path folder) throws IOException {
        String name = entry.getName();
        List<String> parts = Stream.of(name.split("/")).toList();
        boolean outside = name.startsWith("/") || name.indexOf('\\') >= 0 || parts.contains("..") || parts.size() < 2;
        if (outside || !entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
            throw new IOException("the archive holds something that is no file of a delivery");
        }
        return folder.resolve(name.substring(name.indexOf('/') + 1));
    }

    private static void write(InputStream content, Path target) throws IOException {
        OutputStream out;
        try {
            Files.createDirectories(target.getParent());
            out = Files.newOutputStream(target);
        } catch (IOException problem) {
            throw new Unwritable(problem);
        }
        byte[] buffer = new byte[1 << 16];
        try (out) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                try {
                    out.write(buffer, 0, n);
                } catch (IOException problem) {
                    throw new Unwritable(problem);
                }
            }
        }
    }
}
