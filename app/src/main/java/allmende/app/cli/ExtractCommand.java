package allmende.app.cli;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.audit.FileAccessLog;
import allmende.app.deident.ProjectKeys;
import allmende.app.deident.RuleShelf;
import allmende.app.extraction.Orders;
import allmende.app.extraction.SiteExtractions;
import allmende.app.keys.KeyVault;
import allmende.app.operations.RunningSite;
import allmende.app.site.Settings;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.cohort.Problem;
import allmende.core.deident.Deidentifier;
import allmende.core.deident.RuleSet;
import allmende.core.extraction.Deidentification;
import allmende.core.profile.Profiles;
import allmende.core.profile.Words;
import allmende.engine.delivery.DeliveryFacts;
import allmende.engine.delivery.DeliveryFailed;
import allmende.engine.delivery.DeliveryFormat;
import allmende.engine.delivery.DeliveryPlan;
import allmende.engine.delivery.DeliveryWriter;
import allmende.engine.delivery.ElementChanges;
import allmende.engine.delivery.ProfileKnowledge;
import allmende.engine.extract.ExtractFailed;
import allmende.engine.extract.ExtractProgress;
import allmende.engine.extract.ExtractReport;
import allmende.engine.extract.ExtractRequest;
import allmende.engine.extract.Pipeline;
import allmende.engine.extract.Watch;
import allmende.engine.packages.Packages;
import allmende.engine.terminology.InstalledCodeSets;
import allmende.engine.terminology.InstalledTerminology;
import allmende.engine.terminology.SystemLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Extracts what a data selection asks for into files on this machine. */
@Command(
        name = "extract",
        description = {
            "Extract the data of a CRTDL document: cohort, consent, references, reduction, de-identification.",
            "What was interrupted goes on when the same command is run again."
        },
        mixinStandardHelpOptions = true)
final class ExtractCommand implements Callable<Integer> {

    /** Of the folder beside the delivery that the extraction itself works in, and keeps the ids of what it left out. */
    private static final String WORK = ".extract";

    private static final Words CONDITIONS = new Words(
            "Auszug für den Gebrauch im eigenen Haus. Nichts davon verlässt das Haus ohne Freigabe.",
            "An extract for use inside this house. Nothing of it leaves the house without a release.");

    private final Console console;

    @Mixin
    private DataOptions options = new DataOptions();

    @Parameters(paramLabel = "CRTDL", description = "The document, a JSON file.")
    private Path crtdl = Path.of("crtdl.json");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder to write.")
    private Path out = Path.of("extract");

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORM",
            description = "Forms of the data: ndjson, bundles, csv, parquet (default: all of them).")
    private Set<DeliveryFormat> formats = EnumSet.allOf(DeliveryFormat.class);

    @Option(
            names = "--day",
            paramLabel = "DATE",
            description = "The day on which consent and ages are judged (default: today in Germany).")
    private @Nullable LocalDate day;

    @Option(
            names = "--rules",
            paramLabel = "NAME",
            defaultValue = "kds-pseudonymised",
            description =
                    "Rule set of de-identification: shipped, or a file of the folder deident (default: ${DEFAULT-VALUE}).")
    private String rules = "kds-pseudonymised";

    @Option(
            names = "--project",
            paramLabel = "NAME",
            defaultValue = "command-line",
            description = "Whose keys: other projects can't link what this one gets (default: ${DEFAULT-VALUE}).")
    private String project = "command-line";

    @Option(
            names = "--identifying",
            description = "Leave out de-identification. The files then name patients; this is noted in the access log.")
    private boolean identifying;

    @Option(
            names = "--consent",
            paramLabel = "RULES",
            defaultValue = "allmende",
            description = "How consent is judged: allmende, reference or none (default: ${DEFAULT-VALUE}).")
    private String consent = "allmende";

    @Option(
            names = "--patients",
            paramLabel = "FILE",
            description = "Ids of patients, one a line, instead of those that the cohort finds.")
    private @Nullable Path patients;

    ExtractCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SiteLocation location = options.location();
        if (!Files.isDirectory(location.data())) {
            throw new CommandFailure(
                    "There is no data folder " + location.data() + ".",
                    "Name the right one with --data, or load something first: allmende load");
        }
        if (RunningSite.find(location).isPresent()) {
            throw new CommandFailure(
                    "A site runs over " + location.data() + ".",
                    "Ask it instead, by POST /fhir/$extract-data, or stop it first.");
        }
        if (isTaken(out)) {
            throw new CommandFailure(
                    "There is something in " + out + " already.", "Name a folder that is empty or not there yet.");
        }
        try (SiteData data = LocalData.open(location);
                FileAccessLog log = FileAccessLog.open(location.audit(), "", InstantSource.system());
                Packages packages = Packages.open(location.packages());
                InstalledTerminology terminology = new InstalledTerminology(
                        new SystemLibrary(location.terminology()), packages, location.cache())) {
            log.require();
            data.index().catchUp();
            SiteExtractions extractions = new SiteExtractions(packages, new InstalledCodeSets(terminology), Set.of());
            ProfileKnowledge known = new ProfileKnowledge(
                    Profiles.shipped(), url -> packages.locate(url).flatMap(Packages::read));
            return extract(location, data, new Tools(extractions.pipeline(data), known, log));
        } catch (AccessLogUnavailable e) {
            throw new CommandFailure(
                    String.valueOf(e.getMessage()), "See that the disk has room and the folder can be written.");
        }
    }

    /** A folder that is there stays as it is: a delivery replaces what is in its folder. */
    private static boolean isTaken(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (NotDirectoryException file) {
            return true;
        }
    }

    /** What works: what extracts, what knows the tables of profiles, and where it is noted. */
    private record Tools(Pipeline pipeline, ProfileKnowledge known, FileAccessLog log) {}

    /** The document, and what it asks for on this day. */
    private record Asked(byte[] document, LocalDate day, Orders.Read.Usable order) {}

    private int extract(SiteLocation location, SiteData data, Tools tools) throws IOException {
        LocalDate judged = day == null ? SiteData.today() : day;
        byte[] document = document();
        return switch (Orders.read(document, judged, consent, data, tools.pipeline())) {
            case Orders.Read.Refused(List<Problem> problems) -> refuse(problems);
            case Orders.Read.Usable usable ->
                extract(location, data.index().t(), tools, new Asked(document, judged, usable));
        };
    }

    private int extract(SiteLocation location, long t, Tools tools, Asked asked) throws IOException {
        List<String> named = named();
        Orders.Read.Usable order = asked.order();
        ExtractRequest request = new ExtractRequest(
                order.cohort(),
                order.extraction(),
                t,
                asked.day(),
                order.consent(),
                named,
                deidentification(location),
                work());
        tools.log()
                .record(Access.by(
                                new Access.Who("this-machine", Access.Who.Kind.THIS_MACHINE, List.of(), ""),
                                Access.Action.EXPORT)
                        .on(identifying ? "extract-identifying" : "extract", null)
                        .of(named == null ? Access.Patients.ALL : Access.Patients.of(named))
                        .at(t));
        try (Progress progress = Progress.of("Extracting", "resources", console)) {
            DeliveryWriter writer = DeliveryWriter.open(
                    out,
                    DeliveryPlan.of(
                                    order.extraction(),
                                    tools.known(),
                                    formats,
                                    facts(location, request, asked.document()))
                            .with(changes(location)));
            ExtractReport report = tools.pipeline().run(request, writer, watch(progress));
            if (report.complete()) {
                writer.finish();
            }
            return tell(report);
        } catch (DeliveryFailed failed) {
            throw new CommandFailure(
                    String.valueOf(failed.getMessage()),
                    "Run the same command again, and it goes on where it stopped.");
        } catch (ExtractFailed failed) {
            throw new CommandFailure(failed.reason(), "Nothing more was written to " + out + ".");
        }
    }

    private Path work() {
        Path folder = out.toAbsolutePath().normalize();
        return folder.resolveSibling(folder.getFileName() + WORK);
    }

    private DeliveryFacts facts(SiteLocation location, ExtractRequest request, byte[] document) throws IOException {
        String hash = DeliveryFacts.hash(document);
        return new DeliveryFacts(
                hash.substring(0, 16) + "-" + request.t(),
                project,
                String.valueOf(crtdl.getFileName()),
                Settings.read(location.data()).get(Settings.Key.NAME, ""),
                Files.getLastModifiedTime(crtdl).toInstant(),
                request.t(),
                request.day(),
                consent,
                hash,
                identifying ? "" : rules,
                CONDITIONS,
                "Allmende");
    }

    private byte[] document() {
        try {
            return Files.readAllBytes(crtdl);
        } catch (IOException unreadable) {
            throw new CommandFailure("The document " + crtdl + " can't be read.", "Check the path and its rights.");
        }
    }

    private @Nullable List<String> named() {
        Path file = patients;
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.startsWith("Patient/") ? line.substring("Patient/".length()) : line)
                    .toList();
        } catch (IOException unreadable) {
            throw new CommandFailure("The file " + file + " can't be read.", "Check the path and its rights.");
        }
    }

    private Deidentification deidentification(SiteLocation location) {
        if (identifying) {
            console.tell("Without de-identification: the files name patients.");
            return Deidentification.NONE;
        }
        RuleSet set = ruleSet(location);
        ProjectKeys keys = new ProjectKeys(KeyVault.open(location.data(), System.getenv()));
        return new Deidentifier(set, keys.of(project, keys.version(), set), keys.pseudonyms(project))::applyEach;
    }

    /** How elements are changed, for the dictionary. */
    private ElementChanges changes(SiteLocation location) {
        return identifying ? ElementChanges.NONE : ruleSet(location)::change;
    }

    private RuleSet ruleSet(SiteLocation location) {
        return switch (new RuleShelf(location.data()).find(rules)) {
            case RuleShelf.Found.Usable(RuleSet usable) -> usable;
            case RuleShelf.Found.Unknown() ->
                throw new CommandFailure(
                        "There is no rule set " + rules + ".",
                        "There are: " + String.join(", ", new RuleShelf(location.data()).names()) + ".");
            case RuleShelf.Found.Refused(List<Problem> problems) ->
                throw new CommandFailure(
                        "The rule set " + rules + " can't be used: "
                                + problems.getFirst().message(),
                        "Mend it, then run it again.");
        };
    }

    private static Watch watch(Progress progress) {
        return new Watch() {
            private long patients;
            private long read;

            @Override
            public boolean stopped() {
                return Thread.currentThread().isInterrupted();
            }

            @Override
            public synchronized void advanced(ExtractProgress now) {
                progress.total(now.patients());
                progress.advanced(now.done() - patients, now.read() - read);
                patients = now.done();
                read = now.read();
            }
        };
    }

    private int tell(ExtractReport report) throws IOException {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%,d of %,d patients, %,d resources of %,d read, snapshot t = %d, day %s%n",
                        report.patientsDelivered(),
                        report.patients(),
                        report.delivered(),
                        report.read(),
                        report.t(),
                        report.day());
        report.deliveredByGroup()
                .forEach((group, count) -> console.out().printf(Locale.ROOT, "  %-30s %,12d%n", group, count));
        if (!report.exclusions().isEmpty()) {
            console.out().println("Left out:");
        }
        for (ExtractReport.Exclusions each : report.exclusions()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-18s %-22s %-24s %,12d%n",
                            each.stage(),
                            each.rule(),
                            each.subject(),
                            each.count());
        }
        console.out().flush();
        Path ids = work().resolve(Pipeline.IDS);
        if (report.complete() && Files.exists(ids)) {
            console.tell("Ids of what was left out, for the data steward only: " + ids);
        }
        return report.complete() ? Commands.OK : Commands.FAILED;
    }

    private int refuse(List<Problem> problems) {
        console.err().println("allmende: The data can't be extracted.");
        for (Problem problem : problems) {
            String place = problem.pointer().isEmpty() ? "(whole document)" : problem.pointer();
            console.err().println("  " + place + ": " + problem.message());
        }
        console.err().flush();
        return Commands.WRONG;
    }
}
