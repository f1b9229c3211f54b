package allmende.core.fhir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets {@code meta.versionId} and {@code meta.lastUpdated} in the compact bytes of a resource, and takes them out again,
 * without making a tree: only as many bytes are looked at as stand before the end of {@code meta}. Not for several
 * threads at once; one per writer remembers the time it wrote last.
 */
public final class MetaSplice {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final byte[] META = ascii("meta");
    private static final byte[] ID = ascii("id");
    private static final byte[] TYPE = ascii("resourceType");
    private static final byte[][] STAMPS = {
        ascii("versionId"), ascii("lastUpdated"), ascii("_versionId"), ascii("_lastUpdated")
    };
    private static final byte[] VERSION = ascii("\"versionId\":\"");
    private static final byte[] UPDATED = ascii("\",\"lastUpdated\":\"");
    private static final byte[] OPEN = ascii("\"meta\":{");

    private @Nullable Instant lastAt;
    private byte[] lastTime = {};

    /** A splice for one writer. */
    public MetaSplice() {}

    /** The instant as FHIR writes it here: UTC, to the millisecond. */
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** The resource with this version and time. */
    public static byte[] stamped(byte[] body, int version, Instant at) {
        return new MetaSplice().stamp(body, version, at);
    }

    /** As {@link #stamped}. */
    public byte[] stamp(byte[] body, int version, Instant at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 96);
        try {
            write(body, version, at, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("in memory", impossible);
        }
        return out.toByteArray();
    }

    /**
     * Writes the resource with this version and time.
     *
     * @param body compact JSON of an object, well-formed
     */
    public void write(byte[] body, int version, Instant at, OutputStream out) throws IOException {
        MetaPlace place = new MetaPlace(body);
        if (!place.isPlain()) {
            out.write(byTree(body, Integer.toString(version), time(at)));
            return;
        }
        if (place.metaFrom < 0) {
            out.write(body, 0, place.insertAt);
            if (place.insertAt > 1) {
                out.write(',');
            }
            out.write(OPEN);
            stamps(version, at, out);
            out.write('}');
            if (place.insertAt == 1 && body[1] != '}') {
                out.write(',');
            }
            out.write(body, place.insertAt, body.length - place.insertAt);
            return;
        }
        out.write(body, 0, place.metaFrom);
        out.write('{');
        stamps(version, at, out);
        place.writeRest(out, true);
        out.write(body, place.metaTo - 1, body.length - place.metaTo + 1);
    }

    /** The resource without version and time; the array itself where it has none. A {@code meta} left empty goes, too. */
    public static byte[] plain(byte[] body) {
        MetaPlace place = new MetaPlace(body);
        if (!place.isPlain()) {
            return byTree(body, null, null);
        }
        if (place.metaFrom < 0 || (place.dropped == 0 && place.metaTo - place.metaFrom > 2)) {
            return body;
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream(body.length);
        try {
            place.writeRest(rest, false);
        } catch (IOException impossible) {
            throw new UncheckedIOException("in memory", impossible);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        if (rest.size() > 0) {
            out.write(body, 0, place.metaFrom + 1);
            out.writeBytes(rest.toByteArray());
            out.write(body, place.metaTo - 1, body.length - place.metaTo + 1);
        } else {
            boolean first = body[place.keyFrom - 1] == '{';
            int from = first ? place.keyFrom : place.keyFrom - 1;
            int to = first && body[place.metaTo] == ',' ? place.metaTo + 1 : place.metaTo;
            out.write(body, 0, from);
            out.write(body, to, body.length - to);
        }
        return out.toByteArray();
    }

    private void stamps(int version, Instant at, OutputStream out) throws IOException {
        if (!at.equals(lastAt)) {
            lastTime = ascii(time(at));
            lastAt = at;
        }
        out.write(VERSION);
        out.write(ascii(Integer.toString(version)));
        out.write(UPDATED);
        out.write(lastTime);
        out.write('"');
    }

    /** The plain way, for spellings that are legal but that nobody writes. */
    private static byte[] byTree(byte[] body, @Nullable String version, @Nullable String time) {
        ObjectNode resource = (ObjectNode) FhirJson.parse(body);
        ObjectNode meta = resource.get("meta") instanceof ObjectNode object ? object : resource.objectNode();
        for (byte[] stamp : STAMPS) {
            meta.remove(new String(stamp, StandardCharsets.US_ASCII));
        }
        if (version != null && time != null) {
            meta.put("versionId", version).put("lastUpdated", time);
        }
        if (meta.isEmpty()) {
            resource.remove("meta");
        } else {
            resource.set("meta", meta);
        }
        return FhirJson.write(resource);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where {@code meta} stands in a resource, or would. */
    private static final class MetaPlace {
        private final byte[] body;
        private boolean plain = true;
        private int keyFrom = -1;
        private int metaFrom = -1;
        private int metaTo = -1;
        private int insertAt = 1;
        private int dropped;
        private final int[] from = new int[STAMPS.length];
        private final int[] to = new int[STAMPS.length];

        MetaPlace(byte[] body) {
            this.body = body;
            try {
                find();
            } catch (ArrayIndexOutOfBoundsException notCompact) {
                plain = false;
            }
        }

        /** Whether the bytes are as plain as they always are; else the tree must help. */
        boolean isPlain() {
            return plain;
        }

        private void find() {
            if (body[0] != '{') {
                plain = false;
                return;
            }
            int at = 1;
            while (body[at] == '"') {
                int key = at + 1;
                int end = CompactJson.plainString(body, key);
                if (end < 0 || body[end + 1] != ':') {
                    plain = false;
                    return;
                }
                int value = end + 2;
                int after = CompactJson.afterValue(body, value);
                if (is(META, key, end)) {
                    keyFrom = at;
                    inMeta(value, after);
                    return;
                }
                if (is(ID, key, end) || (insertAt == 1 && is(TYPE, key, end))) {
                    insertAt = after;
                }
                if (body[after] != ',') {
                    at = after;
                    break;
                }
                at = after + 1;
            }
            plain = body[at] == '}' && at == body.length - 1;
        }

        private void inMeta(int open, int after) {
            if (body[open] != '{') {
                plain = false;
                return;
            }
            metaFrom = open;
            metaTo = after;
            int at = open + 1;
            while (body[at] == '"') {
                int end = CompactJson.plainString(body, at + 1);
                if (end < 0 || body[end + 1] != ':') {
                    plain = false;
                    return;
                }
                int to = CompactJson.afterValue(body, end + 2);
                for (byte[] stamp : STAMPS) {
                    if (is(stamp, at + 1, end)) {
                        this.from[dropped] = at;
                        this.to[dropped++] = to;
                    }
                }
                at = body[to] == ',' ? to + 1 : to;
            }
            plain = at == metaTo - 1;
        }

        /** Writes what {@code meta} holds beside version and time, after a comma where wanted. */
        void writeRest(OutputStream out, boolean comma) throws IOException {
            boolean first = !comma;
            int at = metaFrom + 1;
            for (int i = 0; i <= dropped; i++) {
                int end = i < dropped ? from[i] : metaTo - 1;
                int last = end > at && body[end - 1] == ',' ? end - 1 : end;
                if (last > at) {
                    if (!first) {
                        out.write(',');
                    }
                    out.write(body, at, last - at);
                    first = false;
                }
                if (i < dropped) {
                    at = body[to[i]] == ',' ? to[i] + 1 : to[i];
                }
            }
        }

        private boolean is(byte[] name, int from, int to) {
            return to - from == name.length && Arrays.equals(body, from, to, name, 0, name.length);
        }
    }
}
