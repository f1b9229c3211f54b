package allmende.bench;

import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.FederationOptions;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.hub.HubService;
import allmende.app.federation.setup.HubConfiguration;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/**
 * A portal with PostgreSQL behind it; its sites are in another process. Arguments: working folder, number of sites, number
 * of questions.
 */
final class FederationRun {

    private static final Duration JOINING = Duration.ofMinutes(10);
    private static final Duration ANSWERING = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HubService hub;
    private final int sites;
    private final Map<String, CountDownLatch> open = new ConcurrentHashMap<>();

    private FederationRun(HubService hub, int sites) {
        this.hub = hub;
        this.sites = sites;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(HubConfiguration.class)
    static class Portal {}

    /** Prints {@code connections}, {@code joinSeconds}, {@code seconds} (of each question, by commas) and {@code heapMiB}. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        int sites = Integer.parseInt(arguments[1]);
        try (SideTables tables = Stores.openBeside(
                        new StoreLocation.Embedded(folder), "federation", "allmende/federation/migration");
                ConfigurableApplicationContext context = portal(folder, tables)) {
            HubService hub = context.getBean(HubService.class);
            String url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
            Thread.ofPlatform().daemon().start(() -> new ChildJvm("1g")
                    .run(FederationClients.class, folder.toString(), url, hub.fingerprint(), Integer.toString(sites)));
            new FederationRun(hub, sites).measure(Integer.parseInt(arguments[2]));
        }
        System.exit(0); // the other process ends with this one
    }

    private static ConfigurableApplicationContext portal(Path folder, SideTables tables) {
        FederationOptions options = FederationOptions.portal(folder, new PartyId("portal"), "Portal");
        return new SpringApplicationBuilder(Portal.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "management.endpoint.health.validate-group-membership",
                        false))
                .initializers(fresh -> {
                    fresh.getBeanFactory().registerSingleton("federationOptions", options);
                    fresh.getBeanFactory().registerSingleton("federationTables", tables);
                })
                .run();
    }

    private void measure(int questions) throws InterruptedException {
        hub.onAnswer((task, site, outcome, at, late) -> {
            if (!(outcome instanceof TaskOutcome.Completed)) {
                throw new BenchFailure(site + " did not answer: " + outcome);
            }
            open.computeIfAbsent(task, id -> new CountDownLatch(sites)).countDown();
        });
        long start = System.nanoTime();
        join();
        System.out.println("joinSeconds=" + seconds(start));
        StringBuilder seconds = new StringBuilder();
        for (int i = 0; i < questions; i++) {
            seconds.append(i == 0 ? "" : ",").append(ask(i));
        }
        System.out.println("seconds=" + seconds);
        System.out.println("connections=" + hub.connections());
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println("heapMiB=" + ((runtime.totalMemory() - runtime.freeMemory()) >> 20));
    }

    private void join() throws InterruptedException {
        long end = System.nanoTime() + JOINING.toNanos();
        while (hub.connections() < sites) {
            for (EnrolmentRequest request : hub.requests()) {
                hub.accept(request.id(), "bench");
            }
            if (System.nanoTime() > end) {
                throw new BenchFailure("Only " + hub.connections() + " sites joined");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private double ask(int number) throws InterruptedException {
        List<PartyId> all =
                IntStream.range(0, sites).mapToObj(FederationClients::name).toList();
        long start = System.nanoTime();
        String task = hub.ask(
                UUID.randomUUID().toString(),
                TaskKind.FEASIBILITY,
                JSON.createObjectNode().put("question", number).put("text", "x".repeat(2_000)),
                all,
                Instant.now().plus(ANSWERING));
        CountDownLatch answers = open.computeIfAbsent(task, id -> new CountDownLatch(sites));
        if (!answers.await(ANSWERING.toSeconds(), TimeUnit.SECONDS)) {
            throw new BenchFailure(answers.getCount() + " answers are missing");
        }
        double seconds = seconds(start);
        awaitConnections();
        return seconds;
    }

    private void awaitConnections() throws InterruptedException {
        long end = System.nanoTime() + ANSWERING.toNanos();
        while (hub.connections() < sites && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
