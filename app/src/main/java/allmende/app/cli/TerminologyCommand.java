package allmende.app.cli;

import allmende.app.site.DataFolder;
import allmende.engine.terminology.SystemLibrary;
import allmende.engine.terminology.importing.ImportOutcome;
import allmende.engine.terminology.importing.TerminologyImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Code systems from their publishers' files. */
@Command(
        name = "terminology",
        description = "Import code systems from their publishers' files, list and remove them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            TerminologyCommand.ImportCommand.class,
            TerminologyCommand.ListCommand.class,
            TerminologyCommand.RemoveCommand.class
        })
final class TerminologyCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: import, list or remove.");
    }

    private static SystemLibrary library(DataOptions options) {
        return new SystemLibrary(options.location().terminology());
    }

    /** Imports. */
    @Command(
            name = "import",
            description = "Import a code system; a running site has it at once, the index from its next start.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "loinc   Loinc.csv, or the ZIP archive of a release",
                "snomed  ZIP archives in Release Format 2; an edition, or the international one with an extension",
                "bfarm   ICD-10-GM or OPS of a year: ClaML file or meta files, or their ZIP archive"
            })
    static final class ImportCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(index = "0", paramLabel = "PUBLISHER", description = "loinc, snomed or bfarm.")
        private TerminologyImport.Publisher publisher = TerminologyImport.Publisher.LOINC;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "FILE",
                description = "The files, folders or archives.")
        private List<Path> files = List.of();

        @Option(names = "--version-name", paramLabel = "VERSION", description = "The version, if not as the files say.")
        private @Nullable String version;

        @Option(names = "--skip-refused", description = "Import although some lines can't be used.")
        private boolean skipRefused;

        ImportCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            DataFolder.prepare(options.location().data());
            try (Progress progress = Progress.of("Importing", "lines", console)) {
                TerminologyImport run =
                        new TerminologyImport(library(options), lines -> progress.advanced(lines, lines));
                return tell(run.run(publisher, files, version, skipRefused));
            }
        }

        private Integer tell(ImportOutcome outcome) {
            return switch (outcome) {
                case ImportOutcome.Imported imported -> {
                    console.tell(imported.facts().canonical() + " is here: "
                            + Text.counted(imported.concepts(), "concept", "concepts") + " from "
                            + Text.counted(imported.lines(), "line", "lines") + ".");
                    if (imported.refused() > 0) {
                        console.tell(Text.counted(imported.refused(), "line was", "lines were") + " not used:");
                        examples(imported.examples());
                    }
                    yield Commands.OK;
                }
                case ImportOutcome.NotImported(String reason, var lines) -> {
                    examples(lines);
                    throw new CommandFailure(
                            "Nothing was imported. " + reason,
                            lines.isEmpty()
                                    ? "Check the files, then run it again."
                                    : "Check the files, or import the rest with --skip-refused.");
                }
            };
        }

        private void examples(List<ImportOutcome.Refused> lines) {
            lines.forEach(each -> console.tell("  " + each.file() + ", line " + each.line() + ": " + each.reason()));
        }
    }

    /** Lists. */
    @Command(name = "list", description = "List the imported code systems.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            List<SystemLibrary.Imported> all = library(options).list();
            for (SystemLibrary.Imported each : all) {
                console.out()
                        .printf("%,10d  %s%n", each.concepts(), each.facts().canonical());
            }
            console.out().flush();
            console.tell(Text.counted(all.size(), "imported code system.", "imported code systems."));
            return Commands.OK;
        }
    }

    /** Removes. */
    @Command(
            name = "remove",
            description = "Remove an imported code system, all versions or one.",
            mixinStandardHelpOptions = true)
    static final class RemoveCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "SYSTEM", description = "As listed: URL or URL|VERSION.")
        private String system = "";

        RemoveCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (!library(options).remove(system)) {
                throw new CommandFailure(
                        "No imported code system is called " + system + ".", "See allmende terminology list.");
            }
            console.tell("Removed.");
            return Commands.OK;
        }
    }
}
