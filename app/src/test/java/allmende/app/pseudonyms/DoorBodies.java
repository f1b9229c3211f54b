package allmende.app.pseudonyms;

/** What clients of the doors send. */
final class DoorBodies {

    private DoorBodies() {}

    static String identifier(String name, String value) {
        return "{\"name\":\"" + name + "\",\"valueIdentifier\":{\"system\":\"urn:s\",\"value\":\"" + value + "\"}}";
    }

    static String parameters(String... parameters) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", parameters) + "]}";
    }

    static String call(String context, String value) {
        return parameters(identifier("context", context), identifier("original", value));
    }

    static String part(String name, String value) {
        return "{\"name\":\"" + name + "\",\"valueString\":\"" + value + "\"}";
    }

    static String group(String name, String... parts) {
        return "{\"name\":\"" + name + "\",\"part\":[" + String.join(",", parts) + "]}";
    }

    static String entry(String url, String resource) {
        return "{\"request\":{\"method\":\"POST\",\"url\":\"" + url + "\"},\"resource\":" + resource + "}";
    }

    static String bundle(String type, String entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}";
    }
}
