package allmende.app.cli;

import allmende.app.audit.AccessLogCheck;
import allmende.app.audit.AuditLog;
import allmende.app.audit.IdentityTables;
import allmende.app.site.SiteLocation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The chains of the audit. */
@Command(
        name = "audit",
        description = "Who accessed what, and who changed what: both are kept in chains that can be checked.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = AuditCommand.VerifyCommand.class)
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: verify.");
    }

    /** Checks both chains. */
    @Command(
            name = "verify",
            description =
                    "Check the access log and the trail of administrative acts from their first entries, also while"
                            + " the site runs. Names the first link that does not hold.",
            mixinStandardHelpOptions = true)
    static final class VerifyCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        VerifyCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            SiteLocation location = options.location();
            try (IdentityTables tables = new IdentityTables(location.store())) {
                AuditLog trail = new AuditLog(tables, InstantSource.system());
                // What the trail has noted is read first: the log goes on growing while the site runs.
                AccessLogCheck.Verdict log = AccessLogCheck.check(location.audit(), trail.accessLogHeads());
                Map<Long, String> noted =
                        switch (log) {
                            case AccessLogCheck.Verdict.Intact intact -> {
                                tell(intact);
                                yield intact.trailHeads();
                            }
                            case AccessLogCheck.Verdict.Broken broken -> {
                                tell(location, broken);
                                yield Map.of();
                            }
                        };
                boolean trailHolds = tell(trail.verify(noted));
                console.out().flush();
                return trailHolds && log instanceof AccessLogCheck.Verdict.Intact ? Commands.OK : Commands.FAILED;
            }
        }

        private void tell(AccessLogCheck.Verdict.Intact intact) {
            console.out().printf("access log: intact, %,d entries, head %s%n", intact.entries(), intact.head());
            if (intact.halves() > 0) {
                console.out()
                        .printf("  %,d half-written lines after crashes, each told by the next%n", intact.halves());
            }
        }

        private void tell(SiteLocation location, AccessLogCheck.Verdict.Broken broken) {
            console.out().printf("access log: BROKEN at entry %d%n", broken.n());
            console.out()
                    .printf(
                            "  %s, line %d: %s%n",
                            location.audit().resolve(broken.file()), broken.line(), broken.what());
        }

        private boolean tell(AuditLog.Verdict verdict) {
            return switch (verdict) {
                case AuditLog.Verdict.Intact(long entries, String head) -> {
                    console.out().printf("audit trail: intact, %,d entries, head %s%n", entries, head);
                    yield true;
                }
                case AuditLog.Verdict.Broken(long seq) -> {
                    console.out()
                            .printf(
                                    "audit trail: BROKEN at entry %d: it is missing, was changed, or does not follow on"
                                            + " the one before.%n",
                                    seq);
                    yield false;
                }
            };
        }
    }
}
