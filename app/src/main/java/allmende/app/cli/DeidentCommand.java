package allmende.app.cli;

import allmende.app.deident.RuleFile;
import allmende.core.cohort.Problem;
import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rule sets of de-identification. */
@Command(
        name = "deident",
        description = "Rules by which data are de-identified.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {DeidentCommand.CheckCommand.class, DeidentCommand.ShowCommand.class})
final class DeidentCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: check or show.");
    }

    /** Says what is wrong with a file. */
    @Command(
            name = "check",
            description =
                    "Read a file of rules, of our form or with fhirPathRules, and tell, with the place in the file, which"
                            + " contradict each other, can never apply, or ask for more than leaves.",
            mixinStandardHelpOptions = true)
    static final class CheckCommand implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "FILE", description = "A file of rules (JSON or YAML).")
        private Path file = Path.of("");

        CheckCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                console.tell("There is no such file, or it can't be read: " + file);
                return Commands.WRONG;
            }
            return switch (RuleFile.read(Files.readAllBytes(file), RuleFile.nameOf(file))) {
                case RuleSetRead.Compiled(RuleSet rules) -> {
                    console.out().println(rules.name() + "\t" + rules.hash());
                    console.out().println("types\t" + String.join(" ", rules.resourceTypes()));
                    console.out().println("pseudonym domains\t" + String.join(" ", rules.domains()));
                    rules.notes().forEach(this::tell);
                    yield Commands.OK;
                }
                case RuleSetRead.Refused(List<Problem> problems) -> {
                    problems.forEach(this::tell);
                    yield Commands.WRONG;
                }
            };
        }

        private void tell(Problem problem) {
            console.tell(problem.pointer() + "  " + problem.message());
        }
    }

    /** Prints a shipped rule set, to start from. */
    @Command(
            name = "show",
            description = "Print a rule set that comes with the program, to start an own one from: kds-pseudonymised or"
                    + " anonymised.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "NAME", description = "Name of the rule set.")
        private String name = "";

        ShowCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (!RuleSet.shippedNames().contains(name)) {
                console.tell("There are: " + String.join(", ", RuleSet.shippedNames()));
                return Commands.WRONG;
            }
            console.out().println(new String(RuleSet.shippedFile(name), StandardCharsets.UTF_8).stripTrailing());
            return Commands.OK;
        }
    }
}
