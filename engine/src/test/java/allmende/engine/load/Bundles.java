package allmende.engine.load;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes bundles and resources for tests. */
final class Bundles {

    private Bundles() {}

    static String bundle(String type, String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":["
                + Arrays.stream(entries).collect(Collectors.joining(",")) + "]}";
    }

    static String put(String type, String id, String more) {
        return "{\"fullUrl\":\"http://a.example/" + type + "/" + id + "\",\"resource\":" + resource(type, id, more)
                + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + type + "/" + id + "\"}}";
    }

    static String post(String urn, String type, String more) {
        return "{\"fullUrl\":\"urn:uuid:" + urn + "\",\"resource\":{\"resourceType\":\"" + type + "\"" + more
                + "},\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"}}";
    }

    static String postIfNone(String urn, String type, String identifier) {
        return "{\"fullUrl\":\"urn:uuid:" + urn + "\",\"resource\":{\"resourceType\":\"" + type + "\""
                + identifier(identifier) + "},\"request\":{\"method\":\"POST\",\"url\":\"" + type
                + "\",\"ifNoneExist\":\"identifier=http://s.example|" + identifier + "\"}}";
    }

    static String plain(String type, String id, String more) {
        return "{\"resource\":" + resource(type, id, more) + "}";
    }

    static String resource(String type, String id, String more) {
        return "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"" + more + "}";
    }

    static String identifier(String value) {
        return ",\"identifier\":[{\"system\":\"http://s.example\",\"value\":\"" + value + "\"}]";
    }

    static String subject(String reference) {
        return ",\"subject\":{\"reference\":\"" + reference + "\"}";
    }

    static String performer(String reference) {
        return ",\"performer\":[{\"reference\":\"" + reference + "\"}]";
    }
}
