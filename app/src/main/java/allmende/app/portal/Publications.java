package allmende.app.portal;

import allmende.app.federation.PartyId;
import allmende.app.federation.PublicationListener;
import allmende.app.federation.TaskKind;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.RulesRead;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The newest statistics that each site has published about its data. */
public final class Publications implements PublicationListener {

    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Function<JsonNode, RulesRead<PublishedStatistics>> reader;
    private final CopyOnWriteArrayList<Consumer<Map<String, PublishedStatistics>>> readers =
            new CopyOnWriteArrayList<>();
    private volatile Map<String, PublishedStatistics> newest;

    /** What has been published so far and can be read. */
    Publications(JdbcClient jdbc, Function<JsonNode, RulesRead<PublishedStatistics>> reader) {
        this.jdbc = jdbc;
        this.reader = reader;
        Map<String, PublishedStatistics> read = new TreeMap<>();
        jdbc.sql("select site, body from publication")
                .query((row, number) -> Map.entry(row.getString("site"), row.getString("body")))
                .list()
                .forEach(each -> put(read, each.getKey(), JSON.readTree(each.getValue())));
        this.newest = Map.copyOf(read);
    }

    /** By the site's id. */
    public Map<String, PublishedStatistics> newest() {
        return newest;
    }

    /** Tells the reader what there is now, and again whenever a site has published. */
    public void onChange(Consumer<Map<String, PublishedStatistics>> reader) {
        readers.add(reader);
        reader.accept(newest);
    }

    @Override
    public synchronized void published(PartyId site, TaskKind kind, JsonNode content, Instant at) {
        if (kind != TaskKind.STATISTICS) {
            return;
        }
        Map<String, PublishedStatistics> next = new TreeMap<>(newest);
        if (!put(next, site.value(), content)) {
            return;
        }
        jdbc.sql("""
                        insert into publication (site, body, at) values (?, ?, ?)
                        on conflict (site) do update set body = excluded.body, at = excluded.at
                        """)
                .params(site.value(), content.toString(), Timestamp.from(at))
                .update();
        newest = Map.copyOf(next);
        readers.forEach(reader -> reader.accept(newest));
    }

    private boolean put(Map<String, PublishedStatistics> read, String site, JsonNode content) {
        if (reader.apply(content) instanceof RulesRead.Valid<PublishedStatistics>(var statistics)) {
            read.put(site, statistics);
            return true;
        }
        LOG.warn("The statistics that {} has published can't be read and are left out", site);
        return false;
    }
}
