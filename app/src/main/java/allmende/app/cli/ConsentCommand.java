package allmende.app.cli;

import allmende.app.consent.PatientRecords;
import allmende.app.operations.RunningSite;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.consent.ConsentExplanation;
import allmende.core.consent.ConsentExplanation.Declaration;
import allmende.core.consent.ConsentExplanation.PolicyAnswer;
import allmende.core.consent.ConsentExplanation.Step;
import allmende.core.consent.ConsentWords;
import allmende.engine.store.Store;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What patients permit. */
@Command(
        name = "consent",
        description = "What a patient permits, and why.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = ConsentCommand.ExplainCommand.class)
final class ConsentCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: explain.");
    }

    /** Languages that explanations are told in. */
    enum Language {
        DE,
        EN
    }

    /** Explains a patient's consent. */
    @Command(
            name = "explain",
            description =
                    "Tell policy by policy what a patient permits on a day, by which declaration, overridden by which.",
            mixinStandardHelpOptions = true)
    static final class ExplainCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "PATIENT", description = "Id of the Patient.")
        private String patient = "";

        @Option(
                names = "--day",
                paramLabel = "DATE",
                description =
                        "The day to evaluate, as 2026-01-31 (default: today). What was declared later does not count.")
        private @Nullable LocalDate day;

        @Option(
                names = "--language",
                paramLabel = "LANGUAGE",
                defaultValue = "EN",
                description = "de or en (default: en).")
        private Language language = Language.EN;

        ExplainCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            SiteLocation location = options.location();
            if (!Files.isDirectory(location.data())) {
                throw new CommandFailure(
                        "There is no data folder " + location.data() + ".",
                        "Name the right one with --data, or load something first.");
            }
            RunningSite.find(location).ifPresent(site -> site.noteConsent(patient));
            try (Store store = SiteData.openStore(location)) {
                ConsentExplanation explained = PatientRecords.explain(
                                store, patient, day == null ? SiteData.today() : day)
                        .orElseThrow(() -> new CommandFailure(
                                "There is no patient with this id.", "The id is that of the Patient resource."));
                print(explained, new ConsentWords(language.name().toLowerCase(Locale.ROOT)));
                return Commands.OK;
            }
        }

        private void print(ConsentExplanation explained, ConsentWords words) {
            PrintWriter out = console.out();
            out.println("Patient/" + patient + ", " + words.day(explained.day()));
            out.println(words.answer(explained));
            out.println();
            for (Declaration declaration : explained.declarations()) {
                out.printf(
                        "%s  Consent/%s  (%s)  + %d  - %d%n",
                        words.declared(declaration.from(), declaration.until()),
                        declaration.consent(),
                        words.kind(declaration),
                        declaration.permits(),
                        declaration.denials());
                declaration.remarks().stream()
                        .map(remark ->
                                "    " + remark.path() + ": " + remark.reason().text(words.language()))
                        .distinct()
                        .forEach(out::println);
            }
            for (PolicyAnswer answer : explained.policies()) {
                out.println();
                out.printf(
                        ".%-3d %s: %s%n",
                        answer.policy().number(),
                        answer.policy().name(words.language()),
                        words.permitted(answer.permitted()));
                for (Step step : answer.steps()) {
                    out.printf(
                            "     %s, %s (Consent/%s %s): %s%n",
                            words.type(step),
                            words.period(step.from(), step.until()),
                            step.consent(),
                            step.path(),
                            words.effect(step, answer.deciding()));
                }
            }
            out.flush();
        }
    }
}
