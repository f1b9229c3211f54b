package allmende.engine.delivery;

/**
 * One file of a delivery.
 *
 * @param path relative to the folder, with slashes
 * @param bytes its size
 * @param rows rows of a table, resources or bundles of an NDJSON file; -1 for other files
 * @param sha256 in hex
 */
public record DeliveredFile(String path, long bytes, long rows, String sha256) {

    /** The ending of its name, such as {@code csv}. */
    String ending() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Its media type. */
    String mediaType() {
        return switch (ending()) {
            case "csv" -> "text/csv";
            case "json" -> "application/json";
            case "ndjson" -> "application/fhir+ndjson";
            case "parquet" -> "application/vnd.apache.parquet";
            case "md" -> "text/markdown";
            default -> "text/plain";
        };
    }
}
