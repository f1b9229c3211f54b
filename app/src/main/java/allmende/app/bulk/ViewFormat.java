package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.engine.table.TableFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms in which tables go over HTTP. */
enum ViewFormat {
    NDJSON("application/x-ndjson", TableFormat.NDJSON),
    CSV("text/csv", TableFormat.CSV),
    PARQUET("application/vnd.apache.parquet", TableFormat.PARQUET),
    JSON("application/json", TableFormat.NDJSON);

    private final String mediaType;
    private final TableFormat table;

    ViewFormat(String mediaType, TableFormat table) {
        this.mediaType = mediaType;
        this.table = table;
    }

    String mediaType() {
        return this == CSV ? mediaType + ";charset=utf-8" : mediaType;
    }

    TableFormat table() {
        return table;
    }

    /**
     * What is wanted by {@code _format}, else by {@code Accept}, else NDJSON.
     *
     * @throws FhirProblem 406 if that is none of these
     */
    static ViewFormat of(@Nullable String format, @Nullable String accept) {
        String wanted = format == null ? accept : format;
        if (wanted == null || wanted.isBlank() || (format == null && wanted.contains("*/*"))) {
            return NDJSON;
        }
        for (String one : wanted.split(",")) {
            String name = one.split(";")[0].strip().toLowerCase(Locale.ROOT);
            for (ViewFormat each : values()) {
                if (name.equals(each.mediaType) || name.equals(each.name().toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            if (name.equals("application/fhir+json")) {
                return JSON;
            }
            if (name.equals("application/ndjson") || name.equals("application/fhir+ndjson")) {
                return NDJSON;
            }
        }
        throw FhirProblem.of(406, "not-supported", "Tables are made as csv, ndjson, json or parquet.", "_format");
    }
}
