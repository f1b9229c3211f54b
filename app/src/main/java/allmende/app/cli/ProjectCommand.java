package allmende.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Data use projects, from the request to the delivery. */
@Command(
        name = "project",
        description = "Data use projects of the running site: request, check, build, approve, deliver.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            ProjectCommand.NewCommand.class,
            ProjectCommand.VoteCommand.class,
            ProjectCommand.CheckCommand.class,
            ProjectBuilds.BuildCommand.class,
            ProjectBuilds.SuppressCommand.class,
            ProjectCommand.ApproveCommand.class,
            ProjectCommand.DeliverCommand.class,
            ProjectCommand.RevokeCommand.class,
            ProjectCommand.StatusCommand.class,
            ProjectCommand.DeletionsCommand.class,
            ProjectReceiveCommand.class
        })
final class ProjectCommand implements Runnable {

    static final String PROJECTS = "/api/projects";
    static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say what to do: new, vote, check, build, suppress, approve, deliver, revoke, status, deletions or receive.");
    }

    static String path(String id, String act) {
        return PROJECTS + "/" + id + "/" + act;
    }

    /** Enters a request. */
    @Command(name = "new", description = "Hand in a request.", mixinStandardHelpOptions = true)
    static final class NewCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project, as the contract names it.")
        private String id = "";

        @Option(names = "--title", required = true, description = "One line.")
        private String title = "";

        @Option(names = "--purpose", required = true, description = "What the data may be used for.")
        private String purpose = "";

        @Option(names = "--legal-basis", required = true, description = "What permits it: consent, committee's vote.")
        private String legalBasis = "";

        @Option(names = "--crtdl", required = true, paramLabel = "FILE", description = "The data selection, CRTDL.")
        private Path crtdl = Path.of("");

        @Option(
                names = "--rules",
                paramLabel = "NAME|FILE",
                defaultValue = "kds-pseudonymised",
                description = "Rules for de-identification: a shipped set or a file (default: ${DEFAULT-VALUE}).")
        private String rules = "";

        @Option(names = "--recipient", required = true, description = "Who gets it.")
        private String recipient = "";

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "Public key of the recipient, PEM.")
        private Path key = Path.of("");

        @Option(names = "--until", required = true, paramLabel = "DAY", description = "Last day to fetch it.")
        private LocalDate until = LocalDate.EPOCH;

        @Option(names = "--change", description = "Replace the request that is there; approvals become void.")
        private boolean change;

        NewCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("id", id);
            body.put("title", title);
            body.put("purpose", purpose);
            body.put("legalBasis", legalBasis);
            body.put("crtdl", read(crtdl));
            Path file = Path.of(rules);
            if (Files.isRegularFile(file)) {
                body.put("rules", read(file));
            } else {
                body.put("ruleSet", rules);
            }
            body.put("recipient", recipient);
            body.put("recipientKey", read(key));
            body.put("lastDay", until.toString());
            body.put("change", change);
            console.tell("Requested: " + calls.post(console, PROJECTS, body));
            return Commands.OK;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new CommandFailure("The file " + file + " can't be read.", "Check its name and its rights.");
            }
        }
    }

    /** Enters what the committee has decided. */
    @Command(
            name = "vote",
            description =
                    "Enter what the use and access committee has decided. Without a vote for it nothing is approved.",
            mixinStandardHelpOptions = true)
    static final class VoteCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        @Option(names = "--day", required = true, paramLabel = "DAY", description = "When it decided.")
        private LocalDate day = LocalDate.EPOCH;

        @Option(names = "--reference", required = true, description = "Where that is written down.")
        private String reference = "";

        @Option(names = "--negative", description = "It is against the project (default: for it).")
        private boolean negative;

        VoteCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            calls.post(
                    console,
                    path(id, "vote"),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("positive", !negative)
                            .put("day", day.toString())
                            .put("reference", reference));
            console.tell("The vote was entered.");
            return Commands.OK;
        }
    }

    /** Says that a request was looked at. */
    @Command(name = "check", description = "Mark a request as checked.", mixinStandardHelpOptions = true)
    static final class CheckCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        CheckCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            calls.post(console, path(id, "check"), NOTHING);
            console.tell("Checked. Build it with: allmende project build " + id);
            return Commands.OK;
        }
    }

    /** Approves what lies ready. */
    @Command(name = "approve", description = "Approve what lies ready.", mixinStandardHelpOptions = true)
    static final class ApproveCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(index = "0", paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        @Parameters(
                index = "1",
                paramLabel = "BINDING",
                description = "What you approve, as the page, build or status shows it.")
        private String binding = "";

        ApproveCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            calls.post(
                    console,
                    path(id, "approve"),
                    JsonNodeFactory.instance.objectNode().put("seen", binding));
            console.tell("Approved.");
            return Commands.OK;
        }
    }

    /** Encrypts and lets go. */
    @Command(
            name = "deliver",
            description = "Encrypt what two people have approved and let it go. Prints the recipient's token once.",
            mixinStandardHelpOptions = true)
    static final class DeliverCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        @Option(names = "--store", description = "Put it into the FHIR store for the site's transport software.")
        private boolean store;

        DeliverCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            String token = calls.post(
                    console,
                    path(id, "deliver"),
                    JsonNodeFactory.instance.objectNode().put("channel", store ? "store" : "download"));
            console.tell("Delivered. The token for the recipient is shown only now:");
            console.out().println(token);
            console.out().flush();
            return Commands.OK;
        }
    }

    /** Ends a project. */
    @Command(name = "revoke", description = "End a project for good.", mixinStandardHelpOptions = true)
    static final class RevokeCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        @Option(names = "--reason", required = true, description = "Why.")
        private String reason = "";

        RevokeCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            calls.post(
                    console,
                    path(id, "revoke"),
                    JsonNodeFactory.instance.objectNode().put("reason", reason));
            console.tell("Revoked.");
            return Commands.OK;
        }
    }

    /** Tells where projects are. */
    @Command(name = "status", description = "Where projects are.", mixinStandardHelpOptions = true)
    static final class StatusCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "One project, with all about it as JSON.")
        private @Nullable String id;

        StatusCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (id != null) {
                console.out().println(calls.get(console, PROJECTS + "/" + id).toPrettyString());
            } else {
                for (JsonNode project : calls.get(console, PROJECTS)) {
                    console.out()
                            .println(project.path("id").asString("") + "\t"
                                    + project.path("state").asString("") + "\t"
                                    + project.path("title").asString(""));
                }
            }
            console.out().flush();
            return Commands.OK;
        }
    }

    /** Tells what recipients have to delete. */
    @Command(
            name = "deletions",
            description = "What recipients have to delete after withdrawals.",
            mixinStandardHelpOptions = true)
    static final class DeletionsCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        DeletionsCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            for (JsonNode task : calls.get(console, PROJECTS + "/deletions")) {
                console.out()
                        .println(task.path("project").asString("") + "\t"
                                + task.path("pseudonym").asString("") + "\t"
                                + task.path("recipient").asString("") + "\t"
                                + (task.path("confirmedAt").isNull() ? "open" : "deleted") + "\t"
                                + task.path("reason").asString(""));
            }
            console.out().flush();
            return Commands.OK;
        }
    }
}
