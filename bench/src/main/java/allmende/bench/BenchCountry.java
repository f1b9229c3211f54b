package allmende.bench;

import allmende.app.administration.DemoGuide;
import allmende.app.federation.PartyId;
import allmende.app.server.Country;
import allmende.app.server.DemoPeople;
import allmende.app.server.SiteServer;
import allmende.app.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A portal and its sites in this process, each site with a copy of a generated index and an empty store. Quotas and budgets
 * are so large that a run does not meet them.
 */
final class BenchCountry implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final long POLL_MILLIS = 1_000;
    private static final Pattern SITES = Pattern.compile("wb-sites__range");
    private static final String PORTAL_RULES = """
            {"questionsPerMinute": 100000, "questionsPerWeek": 100000}
            """;
    private static final String DISCLOSURE = """
            {"budget": {"requester": 100000, "portal": 100000, "refillDays": 28}}
            """;
    private static final String POLICY = """
            {"rules": [{"kind": "feasibility", "release": "automatic"}]}
            """;

    private final Country country;
    private final int sites;
    private final DemoGuide.ReadyAccount researcher;

    private BenchCountry(Country country, int sites, DemoGuide.ReadyAccount researcher) {
        this.country = country;
        this.sites = sites;
        this.researcher = researcher;
    }

    /** Puts copies of the index into the folders of a new country. */
    static void prepare(Path folder, Path index, int sites) throws IOException {
        Path portal = Files.createDirectories(folder.resolve("portal"));
        Files.writeString(portal.resolve("portal-rules.json"), PORTAL_RULES);
        for (Country.Town town : towns(sites)) {
            Path data = Files.createDirectories(town.location(folder).data());
            Files.writeString(data.resolve("disclosure.json"), DISCLOSURE);
            Files.writeString(data.resolve("policy.json"), POLICY);
            Path copy = Files.createDirectories(town.location(folder).index());
            try (Stream<Path> files = Files.list(index)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
    }

    private static List<Country.Town> towns(int sites) {
        return IntStream.rangeClosed(1, sites)
                .mapToObj(number -> new Country.Town(new PartyId("town-" + number), "Town " + number))
                .toList();
    }

    /** Starts all; returns when every site can count. */
    static BenchCountry start(Path folder, int sites) throws InterruptedException {
        List<Country.Town> towns = towns(sites);
        DemoGuide guide = DemoPeople.guide(0, towns);
        Country country = Country.start(folder, 0, towns, guide);
        DemoPeople.move(country, folder, towns);
        if (!country.join(PATIENCE)) {
            throw new BenchFailure("The sites did not join");
        }
        for (SiteServer site : country.sites()) {
            while (!(site.site().state() instanceof Site.State.Ready)) {
                if (site.site().state() instanceof Site.State.Failed(String reason, String advice)) {
                    throw new BenchFailure(reason);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
        return new BenchCountry(country, sites, guide.accounts().getFirst());
    }

    /** Lets the researcher in. */
    PortalVisitor visitor() throws IOException, InterruptedException {
        return PortalVisitor.enter(country.portal().url(), researcher);
    }

    /** Waits until the estimate of this question is of all sites: their statistics have arrived. */
    void awaitStatistics(PortalVisitor visitor, String question) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            PortalVisitor.Page page = visitor.open(question, Map.of());
            if (!page.path().equals(question)) {
                throw new BenchFailure("The editor leads to " + page.path());
            }
            if (SITES.matcher(page.html()).results().count() == sites) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new BenchFailure("The sites did not publish statistics");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        country.close();
    }
}
