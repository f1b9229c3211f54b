package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.app.identity.Scope;
import allmende.app.site.Site;
import allmende.core.fhir.MetaSplice;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.History;
import allmende.engine.store.History.Entry;
import allmende.engine.store.History.Position;
import allmende.engine.store.History.Window;
import allmende.engine.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads of versions and histories, for whoever asks: a request of its own, or an entry of a bundle. */
final class Reading {

    private static final Set<String> PARAMETERS =
            Set.of("_count", "_since", "_at", "_format", "_pretty", "_page", "_total", "_summary");

    private final Site site;
    private final Watch watch;
    private final FhirLimits limits;

    Reading(Site site, Watch watch, FhirLimits limits) {
        this.site = site;
        this.watch = watch;
        this.limits = limits;
    }

    /** The newest version; a deletion counts as one. */
    Entry newest(ResourceKey key) {
        watch.require(Scope.Act.READ, key.type());
        return site.data()
                .store()
                .history()
                .newest(key, Long.MAX_VALUE)
                .orElseThrow(() -> FhirProblem.notFound("There is no " + key.type() + " with this id."));
    }

    /** A version by its number. */
    Entry version(ResourceKey key, String version) {
        watch.require(Scope.Act.READ, key.type());
        FhirProblem missing = FhirProblem.notFound("There is no such version of this " + key.type() + ".");
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw missing;
        }
        return site.data()
                .store()
                .history()
                .version(key, Integer.parseInt(version))
                .orElseThrow(() -> missing);
    }

    /**
     * The resource of an entry, told to the audit.
     *
     * @throws FhirProblem 410 if it is deleted
     */
    byte[] resource(Entry entry, Access.Action action) {
        watch.requireOf(entry.patientId());
        byte[] body = entry.body();
        if (body == null) {
            throw FhirProblem.of(410, "deleted", "This resource was deleted.");
        }
        watch.told(watch.by(action)
                .on(entry.key().type(), entry.key().id())
                .of(Access.Patients.one(entry.patientId()))
                .at(entry.t()));
        return MetaSplice.stamped(body, entry.version(), entry.at());
    }

    /**
     * A page of a history.
     *
     * @param path as in the address: {@code Patient/1/_history}
     * @param query of the address; null for none
     */
    byte[] history(History.Scope scope, String base, String path, @Nullable String query) throws IOException {
        Store store = site.data().store();
        requireHistory(scope);
        Map<String, String> asked = asked(query);
        int count = count(asked.get("_count"));
        Pin pin = pin(store, asked);
        List<Entry> entries =
                new ArrayList<>(store.history().page(scope, new Window(pin.afterT, pin.upToT, pin.before), count + 1));
        if (scope instanceof History.Scope.Instance(ResourceKey key) && entries.isEmpty() && pin.before == null) {
            newest(key);
        }
        if (scope instanceof History.Scope.Instance) {
            entries.forEach(entry -> watch.requireOf(entry.patientId()));
        }
        boolean more = entries.size() > count;
        if (more) {
            entries.removeLast();
        }
        told(scope, entries, asked.keySet(), pin.upToT);
        String address = base + "/" + path;
        String next = more ? address + "?" + pin.written(entries.getLast().position(), count) : null;
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        write(out, address + (query == null ? "" : "?" + query), next, base, entries);
        return out.toByteArray();
    }

    private void requireHistory(History.Scope scope) {
        switch (scope) {
            case History.Scope.Instance(ResourceKey key) -> watch.require(Scope.Act.READ, key.type());
            case History.Scope.Type(String type) -> {
                watch.require(Scope.Act.SEARCH, type);
                watch.requireEverybody();
            }
            case History.Scope.All() -> {
                watch.require(Scope.Act.SEARCH, "*");
                watch.requireEverybody();
            }
        }
    }

    private void told(History.Scope scope, List<Entry> entries, Set<String> parameters, long t) {
        Set<String> patients =
                entries.stream().map(Entry::patientId).filter(Objects::nonNull).collect(Collectors.toSet());
        Access access = watch.by(Access.Action.HISTORY)
                .asking(parameters)
                .of(Access.Patients.of(patients))
                .at(t);
        watch.told(
                switch (scope) {
                    case History.Scope.Instance(ResourceKey key) -> access.on(key.type(), key.id());
                    case History.Scope.Type(String type) -> access.on(type, null);
                    case History.Scope.All() -> access;
                });
    }

    /** Which state a page belongs to, and where it begins. */
    private record Pin(long afterT, long upToT, @Nullable Position before) {
        String written(Position next, int count) {
            return "_count=" + count + "&_page=" + afterT + "-" + upToT + "-" + next.t() + "-" + next.rid() + "-"
                    + next.version();
        }
    }

    private static Map<String, String> asked(@Nullable String query) {
        Map<String, String> asked = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = Exchange.decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (!PARAMETERS.contains(name)) {
                    throw FhirProblem.notSupported("A history knows _count, _since and _at, but not this parameter.");
                }
                asked.put(name, equals < 0 ? "" : Exchange.decoded(pair.substring(equals + 1)));
            }
        }
        return asked;
    }

    private int count(@Nullable String count) {
        if (count == null) {
            return limits.historyDefault();
        }
        if (!count.matches("[1-9][0-9]{0,8}")) {
            throw FhirProblem.invalid("_count is a positive whole number.", "_count");
        }
        return Math.min(Integer.parseInt(count), limits.historyMax());
    }

    private static Pin pin(Store store, Map<String, String> asked) {
        String page = asked.get("_page");
        if (page != null) {
            if (!page.matches("[0-9]{1,18}(-[0-9]{1,18}){3}-[0-9]{1,9}")) {
                throw FhirProblem.invalid("_page is out of the link to the next page and of no other place.", "_page");
            }
            String[] parts = page.split("-");
            Position before =
                    new Position(Long.parseLong(parts[2]), Long.parseLong(parts[3]), Integer.parseInt(parts[4]));
            return new Pin(Long.parseLong(parts[0]), Long.parseLong(parts[1]), before);
        }
        String since = asked.get("_since");
        String at = asked.get("_at");
        long afterT =
                since == null ? 0 : store.history().at(time(since, "_since").minusNanos(1));
        long upToT = at == null ? store.currentT() : store.history().at(time(at, "_at"));
        return new Pin(afterT, upToT, null);
    }

    /** The beginning of a time that may be partial. */
    static Instant time(String text, String parameter) {
        try {
            return switch (text.length()) {
                case 4 -> Year.parse(text).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                case 7 ->
                    YearMonth.parse(text).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                case 10 -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                // a plus sign in a query is a space to those who decode it
                default -> OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            };
        } catch (DateTimeParseException notOne) {
            throw FhirProblem.of(400, "value", parameter + " is a time such as 2026-01-31T12:00:00Z.", parameter);
        }
    }

    private static void write(OutputStream out, String self, @Nullable String next, String base, List<Entry> entries)
            throws IOException {
        MetaSplice splice = new MetaSplice();
        put(out, "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"link\":[{\"relation\":\"self\",\"url\":");
        put(out, JsonTexts.quoted(self));
        if (next != null) {
            put(out, "},{\"relation\":\"next\",\"url\":");
            put(out, JsonTexts.quoted(next));
        }
        put(out, "}]");
        String before = ",\"entry\":[";
        for (Entry entry : entries) {
            put(out, before);
            before = ",";
            put(out, "{\"fullUrl\":" + JsonTexts.quoted(base + "/" + entry.key()));
            byte[] body = entry.body();
            if (body != null) {
                put(out, ",\"resource\":");
                splice.write(body, entry.version(), entry.at(), out);
            }
            String method = body == null ? "DELETE" : entry.version() == 1 ? "POST" : "PUT";
            String status = body == null ? "204 No Content" : entry.version() == 1 ? "201 Created" : "200 OK";
            String url =
                    method.equals("POST") ? entry.key().type() : entry.key().toString();
            put(out, ",\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"}");
            put(out, ",\"response\":{\"status\":\"" + status + "\",\"etag\":\"W/\\\"" + entry.version());
            put(out, "\\\"\",\"lastModified\":\"" + MetaSplice.time(entry.at()) + "\"}}");
        }
        put(out, entries.isEmpty() ? "}" : "]}");
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
