package allmende.app.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks along the chain of an access log from its first line and finds the first link that does not hold. */
public final class AccessLogCheck {

    private static final Pattern HALF =
            Pattern.compile("\"code\":\"half-line\".*\"sha256\",\"valueString\":\"([0-9a-f]{64})\"");
    private static final Pattern TRAIL =
            Pattern.compile("\"type\":\"trail-head\",\"valueString\":\"([0-9]+):([0-9a-f]{64})\"");

    private final SortedMap<Long, String> noted;
    private final Map<Long, String> trailHeads = new LinkedHashMap<>();
    private long n;
    private String hash = ChainLine.NOTHING;
    private byte @Nullable [] unread;
    private long halves;
    private Verdict.@Nullable Broken broken;

    private AccessLogCheck(Map<Long, String> noted) {
        this.noted = new TreeMap<>(noted);
    }

    /** What was found. */
    public sealed interface Verdict {

        /**
         * Every line is as it was written, and none is missing up to the last that was noted elsewhere.
         *
         * @param entries how many lines there are
         * @param head hash of the last
         * @param halves how many half-written lines a crash has left, each told by the line after it
         * @param trailHeads hashes of the trail of administrative acts that the log noted, by their numbers
         */
        record Intact(long entries, String head, long halves, Map<Long, String> trailHeads) implements Verdict {

            /** Copies the map. */
            public Intact {
                trailHeads = Map.copyOf(trailHeads);
            }
        }

        /**
         * The first link that does not hold.
         *
         * @param file name of the file; empty where there is none
         * @param line line in the file, from 1
         * @param n number of the entry that should stand there
         * @param what what is wrong, a sentence
         */
        record Broken(String file, long line, long n, String what) implements Verdict {}
    }

    /**
     * Checks the log in a folder.
     *
     * @param noted hashes that were noted elsewhere, by the numbers of their entries
     */
    public static Verdict check(Path folder, Map<Long, String> noted) throws IOException {
        AccessLogCheck check = new AccessLogCheck(noted);
        String file = "";
        long lines = 0;
        for (LogFiles.LogFile each : new LogFiles(folder).all()) {
            file = each.path().getFileName().toString();
            lines = check.walk(each.path(), file);
            if (check.broken != null) {
                return check.broken;
            }
        }
        return check.end(file, lines);
    }

    private long walk(Path path, String file) throws IOException {
        long[] last = {0};
        LogFiles.walk(path, (bytes, line, whole) -> {
            last[0] = line;
            broken = link(bytes, file, line, whole);
            return broken == null;
        });
        if (broken == null && unread != null) {
            broken = new Verdict.Broken(file, last[0], n + 1, "The line is not whole.");
        }
        return last[0];
    }

    private Verdict.@Nullable Broken link(byte[] bytes, String file, long line, boolean whole) {
        Optional<ChainLine> read = whole ? ChainLine.read(bytes) : Optional.empty();
        byte[] before = unread;
        if (read.isEmpty()) {
            unread = bytes;
            return before == null ? null : new Verdict.Broken(file, line - 1, n + 1, "The line can't be read.");
        }
        ChainLine link = read.get();
        if (before != null && !tellsOf(link, before)) {
            return new Verdict.Broken(file, line - 1, n + 1, "The line can't be read.");
        }
        if (before != null) {
            halves++;
            unread = null;
        }
        String fault = fault(link);
        if (fault != null) {
            return new Verdict.Broken(file, line, n + 1, fault);
        }
        n = link.n();
        hash = link.hash();
        Matcher trail = TRAIL.matcher(link.event());
        if (trail.find()) {
            trailHeads.put(Long.valueOf(trail.group(1)), trail.group(2));
        }
        return null;
    }

    /** Whether the line is the one that was written after a crash because of the half line before it. */
    private static boolean tellsOf(ChainLine line, byte[] half) {
        Matcher told = HALF.matcher(line.event());
        return line.intact() && told.find() && told.group(1).equals(Digest.of(half, half.length));
    }

    private @Nullable String fault(ChainLine link) {
        if (!link.intact()) {
            return "The line was changed: its hash is not that of its content.";
        }
        if (link.n() > n + 1) {
            return "Lines are missing: number " + link.n() + " stands where number " + (n + 1) + " should.";
        }
        if (link.n() <= n) {
            return "The line is out of place: number " + link.n() + " stands where number " + (n + 1) + " should.";
        }
        if (!link.previous().equals(hash)) {
            return "The line does not follow on the one before, which was replaced.";
        }
        String wanted = noted.get(link.n());
        return wanted == null || wanted.equals(link.hash())
                ? null
                : "The line is not the one that the audit trail noted: the chain was written anew.";
    }

    private Verdict end(String file, long lines) {
        if (!noted.isEmpty() && noted.lastKey() > n) {
            return new Verdict.Broken(
                    file,
                    lines + 1,
                    n + 1,
                    "The end is cut off: the audit trail noted number " + noted.lastKey()
                            + ", but the last line here is" + " number " + n + ".");
        }
        return new Verdict.Intact(n, hash, halves, trailHeads);
    }
}
