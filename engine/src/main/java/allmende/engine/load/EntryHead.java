package allmende.engine.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle's entry says about itself, without its content.
 *
 * @param conditions whether the request has preconditions on versions or times
 * @param resource where the resource is
 * @param type of the resource
 * @param id of the resource
 */
record EntryHead(
        @Nullable String fullUrl,
        @Nullable String method,
        @Nullable String url,
        @Nullable String ifNoneExist,
        boolean conditions,
        @Nullable Slice resource,
        @Nullable String type,
        @Nullable String id) {

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
        private boolean conditions;
        private @Nullable Slice resource;
        private @Nullable String type;
        private @Nullable String id;

        Reader(Slice entry) {
            this.entry = entry;
            this.scan = new JsonScan(entry);
        }

        EntryHead head() {
            return new EntryHead(fullUrl, method, url, ifNoneExist, conditions, resource, type, id);
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
                case "ifMatch", "ifNoneMatch", "ifModifiedSince" -> {
                    conditions = true;
                    scan.skip();
                }
                default -> scan.skip();
            }
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
