package allmende.app.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the access log, newest first, for those who are to look into it. Walks along the files: there is no index. */
public final class AccessLogReader {

    private final Path folder;

    /** A reader over the log in this folder. */
    public AccessLogReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Which entries are wanted; what is null or empty is not asked.
     *
     * @param who name of the account or machine
     * @param patient id of a patient; entries come, too, that may be about any patient
     * @param from not before
     * @param to before
     * @param before only entries with a smaller number; {@link Long#MAX_VALUE} for all
     */
    public record Wanted(
            String who,
            String patient,
            @Nullable Instant from,
            @Nullable Instant to,
            long before) {

        /** All entries. */
        public static final Wanted ALL = new Wanted("", "", null, null, Long.MAX_VALUE);
    }

    /**
     * An entry as people read it.
     *
     * @param n its number
     * @param at when
     * @param who name of the account or machine
     * @param kind what whoever did it is, as {@link Access.Who.Kind} names it; empty for the log itself
     * @param action what was done, as {@link Access.Action} names it, or a remark of the log about itself
     * @param object type and id of what it was done to; empty for none
     * @param query names of the query's parameters; empty for none
     * @param patients references of the patients that are named
     * @param all how many there were in all, -1 for possibly every patient; as many as are named where all are
     * @param outcome the answer's status
     * @param event the AuditEvent
     */
    public record Row(
            long n,
            Instant at,
            String who,
            String kind,
            String action,
            String object,
            String query,
            List<String> patients,
            long all,
            String outcome,
            JsonNode event) {

        /** Copies the list. */
        public Row {
            patients = List.copyOf(patients);
        }
    }

    /**
     * Checks the chain from its first line.
     *
     * @param noted hashes that were noted elsewhere, by the numbers of their entries
     */
    public AccessLogCheck.Verdict check(Map<Long, String> noted) throws IOException {
        return AccessLogCheck.check(folder, noted);
    }

    /** The newest entries that are wanted, newest first. */
    public List<Row> find(Wanted wanted, int limit) {
        List<Row> found = new ArrayList<>();
        try {
            for (LogFiles.LogFile file : new LogFiles(folder).all().reversed()) {
                found.addAll(newestOf(file.path(), wanted, limit - found.size()));
                if (found.size() >= limit) {
                    break;
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("The access log can't be read", e);
        }
    }

    private static List<Row> newestOf(Path file, Wanted wanted, int limit) throws IOException {
        Deque<Row> newest = new ArrayDeque<>();
        LogFiles.walk(file, (bytes, line, whole) -> {
            if (whole && mayMatch(bytes, wanted)) {
                ChainLine.read(bytes)
                        .filter(read -> read.n() < wanted.before())
                        .flatMap(AccessLogReader::row)
                        .filter(row -> matches(row, wanted))
                        .ifPresent(row -> {
                            newest.addFirst(row);
                            if (newest.size() > limit) {
                                newest.removeLast();
                            }
                        });
            }
            return true;
        });
        return List.copyOf(newest);
    }

    /** Leaves out most lines before they are read in full. */
    private static boolean mayMatch(byte[] bytes, Wanted wanted) {
        if (wanted.who().isEmpty() && wanted.patient().isEmpty()) {
            return true;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return (wanted.who().isEmpty() || text.contains('"' + wanted.who() + '"'))
                && (wanted.patient().isEmpty()
                        || text.contains("\"Patient/" + wanted.patient() + '"')
                        || text.contains('"' + AuditEventJson.PATIENTS + '"'));
    }

    private static boolean matches(Row row, Wanted wanted) {
        return (wanted.who().isEmpty() || row.who().equals(wanted.who()))
                && (wanted.patient().isEmpty()
                        || row.patients().contains("Patient/" + wanted.patient())
                        || row.all() < 0
                        || row.all() > row.patients().size())
                && (wanted.from() == null || !row.at().isBefore(wanted.from()))
                && (wanted.to() == null || row.at().isBefore(wanted.to()));
    }

    private static Optional<Row> row(ChainLine line) {
        try {
            JsonNode event = JsonMapper.shared().readTree(line.event());
            List<String> patients = new ArrayList<>();
            String object = "";
            String query = "";
            Map<String, String> details = new java.util.HashMap<>();
            for (JsonNode entity : event.path("entity")) {
                String reference = entity.path("what").path("reference").asString("");
                if ("1".equals(entity.path("role").path("code").asString("")) && !reference.isEmpty()) {
                    patients.add(reference);
                } else if (!reference.isEmpty()) {
                    object = reference;
                }
                if (entity.has("query")) {
                    query = new String(
                            Base64.getDecoder().decode(entity.path("query").asString("")), StandardCharsets.UTF_8);
                }
                entity.path("detail")
                        .forEach(detail -> details.put(
                                detail.path("type").asString(""),
                                detail.path("valueString").asString("")));
            }
            return Optional.of(new Row(
                    line.n(),
                    Instant.parse(event.path("recorded").asString("")),
                    requestor(event),
                    details.getOrDefault("kind", ""),
                    details.getOrDefault(
                            "interaction",
                            event.path("subtype").path(0).path("code").asString("")),
                    object.isEmpty() ? details.getOrDefault("type", "") : object,
                    query,
                    patients,
                    Long.parseLong(details.getOrDefault(AuditEventJson.PATIENTS, Long.toString(patients.size()))),
                    event.path("outcomeDesc").asString(""),
                    event));
        } catch (JacksonException | java.time.format.DateTimeParseException | IllegalArgumentException e) {
            // A damaged line has no row; the check of the chain names it.
            return Optional.empty();
        }
    }

    private static String requestor(JsonNode event) {
        for (JsonNode agent : event.path("agent")) {
            if (agent.path("requestor").asBoolean(false)) {
                return agent.path("who").path("identifier").path("value").asString("");
            }
        }
        return "";
    }
}
