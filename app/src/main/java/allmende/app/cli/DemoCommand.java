package allmende.app.cli;

import allmende.app.operations.RunningSite;
import allmende.app.server.Country;
import allmende.app.server.DemoPeople;
import allmende.app.server.SiteServer;
import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import allmende.synth.profile.HospitalProfile;
import allmende.synth.profile.HospitalProfiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A country at once: four synthetic hospitals, each a site, and the portal that asks them. */
@Command(
        name = "demo",
        description =
                "Generate four synthetic hospitals, load each into a site of its own, and serve a portal that asks"
                        + " them. What is loaded stays: the second start takes seconds.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final Duration JOIN_MAX = Duration.ofMinutes(2);
    private static final Duration READY_MAX = Duration.ofMinutes(30);
    private static final long POLL_MILLIS = 20;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "5000",
            description = "How many patients all hospitals have together (default: ${DEFAULT-VALUE}).")
    private long patients;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (default: data/demo below the current folder).")
    private Path data = Path.of("data", "demo");

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port of the portal; the sites take the four after it (default: ${DEFAULT-VALUE}).")
    private int port;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<HospitalProfile> hospitals = DemoData.hospitals(HospitalProfiles.all(), patients);
        if (hospitals.size() < HospitalProfiles.all().size()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--patients must be at least 20, so that each hospital has some.");
        }
        DataFolder.prepare(data);
        if (Files.exists(data.resolve("demo.txt"))) {
            throw new CommandFailure(
                    "The folder " + data + " holds a demo of an earlier version.",
                    "Delete it, or name a new one with --data.");
        }
        List<Country.Town> towns = hospitals.stream().map(DemoData::town).toList();
        for (Country.Town town : towns) {
            Optional<RunningSite> running = RunningSite.find(town.location(data));
            if (running.isPresent()) {
                console.tell("The demo runs already; " + town.name() + " is at "
                        + running.get().url() + ".");
                return Commands.OK;
            }
        }
        DemoData demo = new DemoData(data, console);
        for (HospitalProfile hospital : hospitals) {
            demo.fill(hospital);
        }
        return serve(towns);
    }

    private int serve(List<Country.Town> towns) throws InterruptedException {
        if (System.getProperty("allmende.log") == null) {
            System.setProperty("allmende.log", "WARN");
        }
        CountDownLatch end = new CountDownLatch(1);
        Country country = Country.start(data, port, towns, DemoPeople.guide(port, towns));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            country.close();
            end.countDown();
        }));
        DemoPeople.move(country, data, towns);
        ready(country);
        Duration start =
                Duration.between(ProcessHandle.current().info().startInstant().orElse(Instant.now()), Instant.now());
        console.tell(
                "Ready after " + Text.duration(start) + ": " + country.portal().url() + "  (Ctrl-C stops it)");
        console.tell("The start page lists accounts to log in with. Nobody but this computer can reach it.");
        end.await();
        return Commands.OK;
    }

    private static void ready(Country country) throws InterruptedException {
        if (!country.join(JOIN_MAX)) {
            country.close();
            throw new CommandFailure(
                    "The sites did not reach the portal in time.", "See the log above, and start the demo again.");
        }
        long end = System.nanoTime() + READY_MAX.toNanos();
        for (SiteServer site : country.sites()) {
            while (!(site.site().state() instanceof Site.State.Ready) && System.nanoTime() < end) {
                if (site.site().state() instanceof Site.State.Failed(String reason, String advice)) {
                    country.close();
                    throw new CommandFailure(reason, advice);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }
}
