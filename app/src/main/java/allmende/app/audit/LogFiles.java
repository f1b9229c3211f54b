package allmende.app.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of an access log: {@code access-000001-2026-11.ndjson}, counted up; the chain goes on over all of them. */
record LogFiles(Path folder) {

    private static final Pattern NAME = Pattern.compile("access-([0-9]{6,})-([0-9]{4}-[0-9]{2})\\.ndjson");
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * One of the files.
     *
     * @param number its place, from 1
     * @param month when it was begun
     */
    record LogFile(Path path, long number, YearMonth month) {}

    /** All files in their order. */
    List<LogFile> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.flatMap(path -> file(path).stream())
                    .sorted(java.util.Comparator.comparingLong(LogFile::number))
                    .toList();
        }
    }

    private static List<LogFile> file(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                ? List.of(new LogFile(path, Long.parseLong(name.group(1)), YearMonth.parse(name.group(2))))
                : List.of();
    }

    /** The file after this one (null for the first), begun in this month; not made yet. */
    LogFile next(@Nullable LogFile last, YearMonth month) {
        long number = last == null ? 1 : last.number() + 1;
        return new LogFile(folder.resolve("access-%06d-%s.ndjson".formatted(number, month)), number, month);
    }

    /** Called with each line of a file. */
    @FunctionalInterface
    interface Lines {

        /**
         * A line.
         *
         * @param bytes without the end of the line
         * @param number from 1
         * @param whole whether the end of the line is there
         * @return false to see no more
         */
        boolean line(byte[] bytes, long number, boolean whole);
    }

    /** Walks along a file, whatever its size. */
    static void walk(Path file, Lines lines) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            long number = 1;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int from = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, from, i - from);
                        from = i + 1;
                        if (!lines.line(line.toByteArray(), number, true)) {
                            return;
                        }
                        number++;
                        line.reset();
                    }
                }
                line.write(buffer, from, read - from);
            }
            if (line.size() > 0) {
                lines.line(line.toByteArray(), number, false);
            }
        }
    }
}
