package allmende.app.cli;

import allmende.app.quality.SnapshotRun;
import allmende.engine.packages.Installation;
import allmende.engine.packages.InstalledPackage;
import allmende.engine.packages.MissingDependency;
import allmende.engine.packages.PackageId;
import allmende.engine.packages.Packages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The FHIR packages of a site. */
@Command(
        name = "packages",
        description =
                "FHIR packages: profiles, value sets, code systems and search parameters that the site works with.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            PackagesCommand.InstallCommand.class,
            PackagesCommand.ListCommand.class,
            PackagesCommand.RemoveCommand.class
        })
final class PackagesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: install, list or remove.");
    }

    private static Packages open(DataOptions options) {
        return Packages.open(options.location().packages());
    }

    private static void tellMissing(Packages packages, Console console) {
        for (MissingDependency one : packages.missing()) {
            String others = one.others().isEmpty() ? "" : " (installed: " + String.join(", ", one.others()) + ")";
            console.tell("Missing: " + one.name() + " " + one.version() + ", wanted by " + one.from() + others);
        }
    }

    /** Installs packages. */
    @Command(
            name = "install",
            description =
                    "Install packages from .tgz files or folders, beside the versions that are there. Snapshots that a"
                            + " package lacks are made now. A running site notices by itself.",
            mixinStandardHelpOptions = true)
    static final class InstallCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Option(names = "--no-snapshots", description = "Don't make missing snapshots: profiles without can't be used.")
        private boolean noSnapshots;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "Packages (.tgz) or folders with their files.")
        private List<Path> files = List.of();

        InstallCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            boolean refused = false;
            try (Packages packages = open(options)) {
                for (Path file : files) {
                    refused |= !install(packages, file);
                }
                if (!noSnapshots) {
                    tell(new SnapshotRun(packages).run());
                }
                tellMissing(packages, console);
            }
            return refused ? Commands.FAILED : Commands.OK;
        }

        private boolean install(Packages packages, Path file) {
            switch (packages.install(file)) {
                case Installation.Installed(InstalledPackage installed, int skipped) ->
                    console.out()
                            .printf(
                                    "installed  %-70s %5d definitions%n",
                                    installed.id(), installed.definitions().size());
                case Installation.Present(PackageId id) -> console.out().printf("unchanged  %s%n", id);
                case Installation.Refused(String reason, List<String> faults) -> {
                    console.out().flush();
                    console.tell("Refused " + file + ": " + reason);
                    faults.forEach(fault -> console.tell("  " + fault));
                    return false;
                }
            }
            console.out().flush();
            return true;
        }

        private void tell(SnapshotRun.Report report) {
            if (report.made() > 0) {
                console.tell("Made " + Text.counted(report.made(), "snapshot", "snapshots") + ".");
            }
            for (SnapshotRun.Failure failure : report.failures()) {
                console.tell("No snapshot of " + failure.canonical() + ": " + failure.reason());
            }
        }
    }

    /** Lists packages. */
    @Command(name = "list", description = "List the installed packages.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            try (Packages packages = open(options)) {
                for (InstalledPackage installed : packages.list()) {
                    long lacking = SnapshotRun.lacking(installed);
                    String without = lacking == 0 ? "" : "  " + lacking + " without snapshot";
                    console.out()
                            .printf(
                                    "%-70s %5d definitions  %s%s%n",
                                    installed.id(), installed.definitions().size(), installed.license(), without);
                }
                console.out().flush();
                tellMissing(packages, console);
                return Commands.OK;
            }
        }
    }

    /** Removes a package. */
    @Command(name = "remove", description = "Remove packages.", mixinStandardHelpOptions = true)
    static final class RemoveCommand implements Callable<Integer> {

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(arity = "1..*", paramLabel = "NAME#VERSION", description = "As listed by: allmende packages list")
        private List<String> names = List.of();

        @Override
        public Integer call() {
            try (Packages packages = open(options)) {
                for (String name : names) {
                    if (!packages.remove(id(name))) {
                        throw new CommandFailure(
                                "There is no package " + name + ".",
                                "See what is installed with: allmende packages list");
                    }
                }
                return Commands.OK;
            }
        }

        private static PackageId id(String name) {
            try {
                return PackageId.parse(name);
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailure(
                        "\"" + name + "\" is not the name of a package.", "Write it as NAME#VERSION, as in the list.");
            }
        }
    }
}
