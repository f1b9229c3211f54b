package allmende.app.release;

import allmende.app.site.SiteData;
import allmende.core.disclosure.DisclosureRules;
import allmende.core.disclosure.NoiseKey;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatisticsJson;
import allmende.core.disclosure.RulesRead;
import allmende.core.disclosure.StatisticsGate;
import allmende.core.fhir.FhirJson;
import allmende.core.terminology.Terminology;
import allmende.engine.statistics.StatisticsCollector;
import allmende.engine.store.SideTables;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statistics that a site publishes. Once made, those of a month stay, so that whoever collects publications learns
 * no more than one; they are made anew within it only if the site has a good deal more patients than they say, as after
 * its first load. Thread-safe.
 */
public final class Publications {

    /** Growth of the number of patients from which statistics are made anew. */
    private static final double GROWN = 1.2;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final DisclosureRules rules;
    private final NoiseKey key;

    private Publications(DisclosureRules rules, NoiseKey key, SideTables tables, InstantSource clock) {
        this.jdbc = JdbcClient.create(tables.dataSource());
        this.clock = clock;
        this.rules = rules;
        this.key = key;
    }

    /**
     * Opens the site's publications.
     *
     * @param data the site's data folder, for rules and key
     * @param tables schema {@code release}
     * @throws allmende.app.site.SiteUnavailable if rules or key can't be used
     */
    public static Publications open(Path data, SideTables tables, InstantSource clock) {
        return new Publications(DisclosureFile.load(data), KeyFile.load(data), tables, clock);
    }

    /**
     * The statistics of this month; made now where there are none, which takes seconds for thousands of patients and some
     * minutes for a million.
     *
     * @param features names of the extensions of the query language that the site understands
     */
    public synchronized PublishedStatistics current(SiteData data, Set<String> features) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), SiteData.ZONE);
        YearMonth period = YearMonth.from(today);
        Optional<PublishedStatistics> kept = kept(period);
        long patients = data.index().read(snapshot -> snapshot.patients().getLongCardinality());
        if (kept.isPresent() && patients < GROWN * kept.get().patients() + rules.minimum() + rules.rounding()) {
            return with(kept.get(), features);
        }
        return make(data, features, period, today);
    }

    /** What costs no privacy is told as it is now. */
    private PublishedStatistics with(PublishedStatistics kept, Set<String> features) {
        return new PublishedStatistics(
                kept.period(),
                kept.patients(),
                kept.strata(),
                kept.contexts(),
                kept.together(),
                features,
                kept.terminologies(),
                rules.terms());
    }

    private PublishedStatistics make(SiteData data, Set<String> features, YearMonth period, LocalDate today) {
        StatisticsCollector collector = new StatisticsCollector(data.index(), data.store());
        PublishedStatistics made = new StatisticsGate(rules, key)
                .release(
                        collector.collect(rules.minimum(), today),
                        new StatisticsGate.About(
                                period, features, versions(data.index().terminology())))
                .content();
        jdbc.sql("insert into publication values (?, ?, ?, ?)"
                        + " on conflict (period) do update set body = excluded.body, t = excluded.t, at = excluded.at")
                .params(
                        period.toString(),
                        FhirJson.write(PublishedStatisticsJson.write(made)),
                        data.index().t(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return made;
    }

    private Optional<PublishedStatistics> kept(YearMonth period) {
        return jdbc.sql("select body from publication where period = ?")
                .param(period.toString())
                .query((row, number) -> row.getBytes(1))
                .optional()
                .flatMap(body -> PublishedStatisticsJson.read(FhirJson.parse(body))
                                instanceof RulesRead.Valid<PublishedStatistics>(PublishedStatistics statistics)
                        ? Optional.of(statistics)
                        : Optional.empty());
    }

    private static Map<String, String> versions(Terminology terminology) {
        Map<String, String> versions = new HashMap<>();
        terminology
                .systemUris()
                .forEach(uri -> terminology.system(uri).ifPresent(system -> versions.put(uri, system.version())));
        return versions;
    }
}
