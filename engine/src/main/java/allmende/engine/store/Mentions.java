package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Finds out whether raw bytes mention a patient: refer to the Patient or to a resource of theirs, are one of these, or
 * give one of the patient's identifiers as a value. The bytes were refused by the loader, so they need not be JSON: they
 * are searched as text, in windows that overlap by more than the longest thing looked for. Where bytes are gzip, what
 * they unpack to is searched.
 */
final class Mentions {

    private static final int WINDOW_BYTES = 1 << 20;
    private static final int OVERLAP_CHARACTERS = 2048;
    private static final int GZIP_HEADER_BYTES_MAX = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** Looks ahead, so that the last two steps of a longer path are seen as well. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?<![A-Za-z])([A-Za-z]{1,64})(?=\\\\?/([^\"/?#|\\\\\\s]{1,255}))");

    private static final Pattern URN = Pattern.compile("urn:uuid:([0-9A-Fa-f-]{36})");
    private static final Pattern VALUE = Pattern.compile("\"value\"\\s{0,64}:\\s{0,64}\"([^\"]{1,1024})\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s{0,64}:\\s{0,64}\"([^\"]{1,255})\"");
    private static final Pattern TYPE = Pattern.compile("\"resourceType\"\\s{0,64}:\\s{0,64}\"([A-Za-z]{1,64})\"");

    private final Set<ResourceKey> keys;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> values = new HashSet<>();

    /** Of these resources, and of a patient with these identifiers. */
    Mentions(Set<ResourceKey> keys, Set<String> identifierValues) {
        this.keys = new HashSet<>();
        for (ResourceKey key : keys) {
            this.keys.add(new ResourceKey(key.type(), latin(key.id())));
            ids.add(latin(key.id()));
        }
        identifierValues.forEach(value -> values.add(latin(value)));
    }

    /** Whether there is one in what the stream gives. Closes nothing. */
    boolean in(InputStream raw) throws IOException {
        InputStream content = unpacked(new BufferedInputStream(raw));
        Set<String> types = new HashSet<>();
        Set<String> met = new HashSet<>();
        String window = "";
        for (byte[] block = block(content); block.length > 0; block = block(content)) {
            window = window.substring(Math.max(0, window.length() - OVERLAP_CHARACTERS))
                    + new String(block, StandardCharsets.ISO_8859_1);
            if (refersIn(window)) {
                return true;
            }
            collect(TYPE.matcher(window), types);
            collect(ID.matcher(window), met);
            met.retainAll(ids);
        }
        return types.stream().anyMatch(type -> met.stream().anyMatch(id -> keys.contains(new ResourceKey(type, id))));
    }

    private boolean refersIn(String window) {
        return REFERENCE
                        .matcher(window)
                        .results()
                        .anyMatch(found -> keys.contains(new ResourceKey(found.group(1), found.group(2))))
                || URN.matcher(window)
                        .results()
                        .anyMatch(found -> ids.contains(found.group(1).toLowerCase(Locale.ROOT)))
                || VALUE.matcher(window).results().anyMatch(found -> values.contains(found.group(1)));
    }

    private static void collect(Matcher matcher, Set<String> into) {
        matcher.results().forEach(found -> into.add(found.group(1)));
    }

    private static InputStream unpacked(BufferedInputStream raw) throws IOException {
        raw.mark(GZIP_HEADER_BYTES_MAX);
        int magic = raw.read() << 8 | raw.read();
        raw.reset();
        if (magic != GZIP_MAGIC) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw);
        } catch (EOFException | ZipException e) {
            raw.reset(); // only looks like gzip
            return raw;
        }
    }

    /** The next bytes; none at the end, which in a truncated or damaged archive may come early. */
    private static byte[] block(InputStream content) throws IOException {
        byte[] block = new byte[WINDOW_BYTES];
        int filled = 0;
        try {
            for (int read = 0; read >= 0 && filled < block.length; filled += Math.max(read, 0)) {
                read = content.read(block, filled, block.length - filled);
            }
        } catch (EOFException | ZipException e) {
            return Arrays.copyOf(block, filled);
        }
        return Arrays.copyOf(block, filled);
    }

    /** The text as it looks where its UTF-8 bytes are read one by one. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
