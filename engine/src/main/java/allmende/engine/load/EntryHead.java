package allmende.engine.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle's entry says about itself, without its content.
 *
 * @param resource where the resource is
 * @param type of the resource
 * @param id of the resource
 */
record EntryHead(
        @Nullable String fullUrl,
        @Nullable String method,
        @Nullable String url,
        @Nullable String ifNoneExist,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable String ifModifiedSince,
        @Nullable Slice resource,
        @Nullable String type,
        @Nullable String id) {

    /** Whether the request has preconditions on versions or times. */
    boolean conditions() {
        return ifMatch != null || ifNoneMatch != null || ifModifiedSince != null;
    }

    /** Reads the head of a resource that stands alone: as if it were all of an entry; null where it is no object. */
    static @Nullable EntryHead ofResource(Slice resource) {
        try {
            Reader reader = new Reader(resource);
            reader.readResource();
            return reader.head();
        } catch (JsonScan.Fault _) {
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException("in memory", impossible);
        }
    }

    /** Reads the head of an entry; null where the entry is no well-formed object. */
    static @Nullable EntryHead of(Slice entry) {
        try {
            Reader reader = new Reader(entry);
            reader.object(reader::inEntry);
            return reader.head();
        } catch (JsonScan.Fault _) {
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException("in memory", impossible);
        }
    }

    /** The state of one reading. */
    private static final class Reader {
        private final Slice entry;
        private final JsonScan scan;
        private @Nullable String fullUrl;
        private @Nullable String method;
        private @Nullable String url;
        private @Nullable String ifNoneExist;
        private @Nullable String ifMatch;
        private @Nullable String ifNoneMatch;
        private @Nullable String ifModifiedSince;
        private @Nullable Slice resource;
        private @Nullable String type;
        private @Nullable String id;

        Reader(Slice entry) {
            this.entry = entry;
            this.scan = new JsonScan(entry);
        }

        EntryHead head() {
            return new EntryHead(
                    fullUrl, method, url, ifNoneExist, ifMatch, ifNoneMatch, ifModifiedSince, resource, type, id);
        }

        private void object(Property property) throws IOException, JsonScan.Fault {
            scan.take('{');
            if (scan.takes('}')) {
                return;
            }
            do {
                String name = scan.text();
                scan.take(':');
                property.read(name);
            } while (scan.takes(','));
            scan.take('}');
        }

        private void inEntry(String name) throws IOException, JsonScan.Fault {
            switch (name) {
                case "fullUrl" -> fullUrl = scan.textOrSkip();
                case "resource" -> readResource();
                case "request" -> objectOrSkip(this::inRequest);
                default -> scan.skip();
            }
        }

        private void inRequest(String name) throws IOException, JsonScan.Fault {
            switch (name) {
                case "method" -> method = scan.textOrSkip();
                case "url" -> url = scan.textOrSkip();
                case "ifNoneExist" -> ifNoneExist = scan.textOrSkip();
                case "ifMatch" -> ifMatch = textOrEmpty();
                case "ifNoneMatch" -> ifNoneMatch = textOrEmpty();
                case "ifModifiedSince" -> ifModifiedSince = textOrEmpty();
                default -> scan.skip();
            }
        }

        /** A precondition that is no text is one all the same. */
        private String textOrEmpty() throws IOException, JsonScan.Fault {
            String text = scan.textOrSkip();
            return text == null ? "" : text;
        }

        private void readResource() throws IOException, JsonScan.Fault {
            scan.peek();
            int from = (int) scan.offset();
            objectOrSkip(this::inResource);
            resource = new Slice(entry.array(), from, (int) scan.offset());
        }

        private void inResource(String name) throws IOException, JsonScan.Fault {
            switch (name) {
                case "resourceType" -> type = scan.textOrSkip();
                case "id" -> id = scan.textOrSkip();
                default -> scan.skip();
            }
        }

        private void objectOrSkip(Property property) throws IOException, JsonScan.Fault {
            if (scan.peek() == '{') {
                object(property);
            } else {
                scan.skip();
            }
        }

        private interface Property {
            void read(String name) throws IOException, JsonScan.Fault;
        }
    }
}
