package allmende.app.cli;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditLog;
import allmende.app.audit.IdentityTables;
import allmende.app.keys.KeyVault;
import allmende.app.pseudonyms.NewDomain;
import allmende.app.pseudonyms.PseudonymDomain;
import allmende.app.pseudonyms.PseudonymService;
import allmende.app.pseudonyms.Result;
import allmende.app.site.SiteLocation;
import allmende.core.deident.pseudonym.Alphabet;
import allmende.core.deident.pseudonym.CheckMethod;
import allmende.core.deident.pseudonym.FormRead;
import allmende.core.deident.pseudonym.PseudonymForm;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pseudonym domains; works while the site runs, too. Pseudonyms themselves are for the doors. */
@Command(
        name = "pseudonyms",
        description = "Pseudonym domains: which there are, and another one.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {PseudonymsCommand.DomainsCommand.class, PseudonymsCommand.CreateDomainCommand.class})
final class PseudonymsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: domains or create-domain.");
    }

    private static PseudonymService service(SiteLocation location) {
        return PseudonymService.at(location, KeyVault.open(location.data(), System.getenv()), InstantSource.system());
    }

    /** Lists domains. */
    @Command(name = "domains", description = "List the domains.", mixinStandardHelpOptions = true)
    static final class DomainsCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        DomainsCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            try (PseudonymService service = service(options.location())) {
                for (PseudonymDomain domain : service.domains()) {
                    console.out()
                            .printf(
                                    "%s\t%d of %d\t%s%n",
                                    domain.name(),
                                    domain.held(),
                                    domain.form().room(),
                                    Objects.requireNonNullElse(domain.parent(), ""));
                }
                console.out().flush();
                return Commands.OK;
            }
        }
    }

    /** Makes a domain. */
    @Command(
            name = "create-domain",
            description = "Make a domain. Without options its pseudonyms are 16 symbols that hold no look-alikes.",
            mixinStandardHelpOptions = true)
    static final class CreateDomainCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private DataOptions options = new DataOptions();

        @Parameters(paramLabel = "NAME", description = "Its name; letters, digits and . : / - _")
        private String name = "";

        @Option(
                names = "--parent",
                paramLabel = "NAME",
                description = "Take only this domain's pseudonyms as originals.")
        private @Nullable String parent;

        @Option(
                names = "--alphabet",
                paramLabel = "SYMBOLS",
                defaultValue = "symbol32",
                description = "hex, digits, symbol31, symbol32, or symbols of your own (default: symbol32).")
        private String alphabet = "symbol32";

        @Option(
                names = "--length",
                paramLabel = "N",
                defaultValue = "14",
                description = "Random symbols (default: 14).")
        private int length = 14;

        @Option(
                names = "--check",
                paramLabel = "METHOD",
                defaultValue = "reed-solomon",
                description = "none, verhoeff, damm, luhn or reed-solomon (default: reed-solomon).")
        private String check = "reed-solomon";

        @Option(names = "--prefix", paramLabel = "TEXT", defaultValue = "", description = "What all begin with.")
        private String prefix = "";

        @Option(names = "--several", description = "An original may have several pseudonyms.")
        private boolean several;

        @Option(names = "--keep", description = "Never delete a pseudonym; of an erased patient forget the original.")
        private boolean keep;

        CreateDomainCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            SiteLocation location = options.location();
            NewDomain wanted = new NewDomain(name, parent, form(), new PseudonymDomain.Policy(several, !keep));
            try (PseudonymService service = service(location);
                    IdentityTables tables = new IdentityTables(location.store())) {
                switch (service.add(wanted, "this-machine")) {
                    case Result.Done<PseudonymDomain>(PseudonymDomain made) -> {
                        new AuditLog(tables, InstantSource.system())
                                .record(AuditEvent.of(
                                        "this-machine", "pseudonyms.domain-made", "pseudonym-domain:" + made.name()));
                        console.tell("Made " + made.name() + ", which takes "
                                + made.form().room() + " pseudonyms.");
                    }
                    case Result.Refused<PseudonymDomain>(Result.Refusal refusal) -> throw refused(refusal);
                }
                return Commands.OK;
            }
        }

        private static CommandFailure refused(Result.Refusal refusal) {
            return switch (refusal) {
                case DOMAIN_EXISTS ->
                    new CommandFailure("There is a domain of this name.", "See: allmende pseudonyms domains");
                case NO_DOMAIN -> new CommandFailure("The parent is not there.", "See: allmende pseudonyms domains");
                default -> new CommandFailure("A domain can't have this name.", "Use letters, digits and . : / - _");
            };
        }

        private PseudonymForm form() {
            String symbols = Arrays.stream(Alphabet.Named.values())
                    .filter(named -> named.name().equalsIgnoreCase(alphabet))
                    .map(named -> named.alphabet().symbols())
                    .findFirst()
                    .orElse(alphabet);
            CheckMethod method = Arrays.stream(CheckMethod.values())
                    .filter(each -> each.written().equals(check))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            "\"" + check + "\" is no kind of check symbols.",
                            "There are none, verhoeff, damm, luhn, reed-solomon."));
            return switch (PseudonymForm.of(symbols, length, method, prefix)) {
                case FormRead.Usable(PseudonymForm form) -> form;
                case FormRead.Unusable(FormRead.Fault fault) ->
                    throw new CommandFailure(
                            "Pseudonyms can't have this form: " + fault + ".",
                            "Choose another alphabet, length, prefix or kind of check symbols.");
            };
        }
    }
}
