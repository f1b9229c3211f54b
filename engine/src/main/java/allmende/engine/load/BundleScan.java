package allmende.engine.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outer structure of a JSON document that may be a bundle: its type, its links, where its entries are.
 *
 * @param object whether the document is an object at all
 * @param resourceType null where absent, or not met before the fault
 * @param type of the bundle; null where absent, or not met before the fault
 * @param links url by relation
 * @param entries how many complete entries there are
 * @param faultAt where the element begins that is broken, as an offset; -1 where the structure is sound
 */
record BundleScan(
        boolean object,
        @Nullable String resourceType,
        @Nullable String type,
        Map<String, String> links,
        int entries,
        long faultAt) {

    /** Is told each entry as it is passed. */
    interface Visitor {
        /** An entry; {@code text} is null where it is larger than the visitor's limit. */
        void entry(int index, long from, long to, @Nullable Slice text);

        /** A visitor that does not care. */
        Visitor NONE = (index, from, to, text) -> {};
    }

    static BundleScan of(JsonScan scan, int entryBytesMax, Visitor visitor) throws IOException {
        return new Reader(scan, entryBytesMax, visitor).read();
    }

    boolean isSound() {
        return faultAt < 0;
    }

    boolean isBundle() {
        return "Bundle".equals(resourceType);
    }

    /** The state of one reading. */
    private static final class Reader {
        private final JsonScan scan;
        private final int entryBytesMax;
        private final Visitor visitor;
        private final Map<String, String> links = new LinkedHashMap<>();
        private @Nullable String resourceType;
        private @Nullable String type;
        private int entries;
        private long elementAt;

        Reader(JsonScan scan, int entryBytesMax, Visitor visitor) {
            this.scan = scan;
            this.entryBytesMax = entryBytesMax;
            this.visitor = visitor;
        }

        BundleScan read() throws IOException {
            boolean object = scan.peek() == '{';
            elementAt = scan.offset();
            try {
                if (object) {
                    readObject();
                } else {
                    scan.skip();
                }
                elementAt = scan.offset();
                if (scan.peek() != -1) {
                    throw new JsonScan.Fault();
                }
                return result(object, -1);
            } catch (JsonScan.Fault _) {
                return result(object, elementAt);
            }
        }

        private BundleScan result(boolean object, long faultAt) {
            return new BundleScan(object, resourceType, type, links, entries, faultAt);
        }

        private void readObject() throws IOException, JsonScan.Fault {
            scan.take('{');
            if (scan.takes('}')) {
                return;
            }
            do {
                elementAt = scan.offset();
                String name = scan.text();
                scan.take(':');
                switch (name) {
                    case "resourceType" -> resourceType = scan.textOrSkip();
                    case "type" -> type = scan.textOrSkip();
                    case "entry" -> readArray(this::readEntry);
                    case "link" -> readArray(this::readLink);
                    default -> scan.skip();
                }
            } while (scan.takes(','));
            scan.take('}');
        }

        private void readArray(Element element) throws IOException, JsonScan.Fault {
            if (!scan.takes('[')) {
                scan.skip();
                return;
            }
            if (scan.takes(']')) {
                return;
            }
            do {
                scan.peek();
                elementAt = scan.offset();
                element.read();
            } while (scan.takes(','));
            elementAt = scan.offset();
            scan.take(']');
        }

        private void readEntry() throws IOException, JsonScan.Fault {
            scan.startCapture(entryBytesMax);
            long from = scan.offset();
            scan.skip();
            visitor.entry(entries++, from, scan.offset(), scan.endCapture());
        }

        private void readLink() throws IOException, JsonScan.Fault {
            if (scan.peek() != '{') {
                scan.skip();
                return;
            }
            scan.take('{');
            String relation = "";
            String url = "";
            do {
                String name = scan.text();
                scan.take(':');
                String value = scan.textOrSkip();
                relation = name.equals("relation") && value != null ? value : relation;
                url = name.equals("url") && value != null ? value : url;
            } while (scan.takes(','));
            scan.take('}');
            links.put(relation, url);
        }

        private interface Element {
            void read() throws IOException, JsonScan.Fault;
        }
    }
}
