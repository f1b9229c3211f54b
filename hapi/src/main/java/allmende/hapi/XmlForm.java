package allmende.hapi;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.charset.StandardCharsets;

/** Resources of FHIR R4 from JSON to XML and back. Safe for several threads. */
public final class XmlForm {

    /** The bytes are no resource of FHIR R4 in the form they should have; the message quotes nothing of them. */
    public static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * JSON to XML.
     *
     * @throws Unreadable if it is no resource of FHIR R4 in JSON
     */
    public byte[] toXml(byte[] json) {
        return convert(
                json, reader(Room.context().newJsonParser()), Room.context().newXmlParser(), "JSON");
    }

    /**
     * XML to compact JSON. External entities are never read.
     *
     * @throws Unreadable if it is no resource of FHIR R4 in XML
     */
    public byte[] toJson(byte[] xml) {
        return convert(
                xml, reader(Room.context().newXmlParser()), Room.context().newJsonParser(), "XML");
    }

    private static IParser reader(IParser parser) {
        return parser.setParserErrorHandler(new StrictErrorHandler());
    }

    // The parser meets what no FHIR program writes, such as a property without a name, with any exception there is.
    private static byte[] convert(byte[] bytes, IParser from, IParser to, String form) {
        try {
            return to.encodeResourceToString(from.parseResource(new String(bytes, StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException broken) {
            throw new Unreadable("The content is not a resource of FHIR R4 in " + form + ".");
        }
    }
}
