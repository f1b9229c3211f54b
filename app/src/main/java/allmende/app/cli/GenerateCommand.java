package allmende.app.cli;

import allmende.synth.Format;
import allmende.synth.GenerateReport;
import allmende.synth.SyntheticHospital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the synthetic hospital to files. */
@Command(
        name = "generate",
        description = "Write the data of a synthetic German university hospital: FHIR R4, core data set of the Medical"
                + " Informatics Initiative. The same seed gives the same hospital. No real patient is in it.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    /** About what a patient has; only for the length of the progress bar. */
    static final long RESOURCES_PER_PATIENT = 120;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--patients", paramLabel = "N", required = true, description = "How many patients, at least 1.")
    private long patients;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write to; new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "bundles",
            description = "bundles: one transaction bundle per patient; ndjson: one file per resource type"
                    + " (default: ${DEFAULT-VALUE}).")
    private Format format = Format.BUNDLES;

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (patients < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--patients must be at least 1.");
        }
        refuseFilledFolder();
        GenerateReport report = generate(new SyntheticHospital(patients, seed), out, format, console);
        report.resourcesByType().forEach((type, count) -> console.out().printf("%-26s %,12d%n", type, count));
        console.out().printf("%-26s %,12d%n", "all", report.resources());
        return Commands.OK;
    }

    static GenerateReport generate(SyntheticHospital hospital, Path out, Format format, Console console) {
        Duration took;
        GenerateReport report;
        try (Progress progress = Progress.of("Generating", "resources", console)) {
            progress.total(hospital.patients() * RESOURCES_PER_PATIENT);
            AtomicLong before = new AtomicLong();
            report = hospital.writeTo(out, format, written -> {
                long news = written - before.getAndSet(written);
                progress.advanced(news, news);
            });
            took = progress.elapsed();
        } catch (IOException e) {
            throw new CommandFailure(
                    "The folder " + out + " can't be written.",
                    "Check its rights and the free space, or name another.");
        }
        console.tell("Generated " + Text.counted(report.patients(), "patient", "patients") + " with "
                + Text.number(report.resources()) + " resources in " + Text.duration(took) + " ("
                + Text.rate(report.resources(), took) + ") in " + out);
        return report;
    }

    private void refuseFilledFolder() {
        if (!Files.isDirectory(out)) {
            return;
        }
        try (Stream<Path> entries = Files.list(out)) {
            if (entries.findAny().isPresent()) {
                throw new CommandFailure(
                        "The folder " + out + " is not empty.", "Name a new one, so that two hospitals are not mixed.");
            }
        } catch (IOException e) {
            throw new CommandFailure("The folder " + out + " can't be read.", "Check its rights, or name another.");
        }
    }
}
