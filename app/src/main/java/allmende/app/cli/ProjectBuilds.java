package allmende.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Commands that build a delivery, and wait for it. */
final class ProjectBuilds {

    private static final long PAUSE_MILLIS = 500;

    private ProjectBuilds() {}

    /** Builds and waits for it. */
    @Command(name = "build", description = "Build from the newest snapshot, and wait.", mixinStandardHelpOptions = true)
    static final class BuildCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        BuildCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            calls.post(console, ProjectCommand.path(id, "build"), ProjectCommand.NOTHING);
            return built(console, calls, id);
        }
    }

    /** Waits for a build to end, and says what came of it. */
    private static int built(Console console, ProjectCalls calls, String id) throws InterruptedException {
        JsonNode build = calls.get(console, ProjectCommand.PROJECTS + "/" + id).path("build");
        while (build.path("state").asString("").equals("running")) {
            Thread.sleep(PAUSE_MILLIS);
            build = calls.get(console, ProjectCommand.PROJECTS + "/" + id).path("build");
        }
        if (!build.path("state").asString("").equals("done")) {
            throw new CommandFailure(
                    "It could not be built. " + build.path("fault").asString(""), "See the page of the project.");
        }
        JsonNode standing = build.path("report").path("standing");
        console.out().printf("patients   %,10d%n", build.path("patients").asLong());
        console.out().printf("resources  %,10d%n", build.path("resources").asLong());
        console.out().printf("snapshot   t = %d%n", build.path("t").asLong());
        if (standing.path("k").asLong(0) > 0) {
            console.out().printf("risk       k = %d%n", standing.path("k").asLong());
        }
        console.out().printf("binding    %s%n", build.path("binding").asString(""));
        console.out().flush();
        if (standing.path("k").asLong(0) == 1) {
            console.tell("Single persons stand out. Leave them out with: allmende project suppress " + id + " --k 5");
        }
        return Commands.OK;
    }

    /** Builds without those who stand out, and waits for it. */
    @Command(
            name = "suppress",
            description = "Build anew without patients who look like too few others, and wait.",
            mixinStandardHelpOptions = true)
    static final class SuppressCommand implements Callable<Integer> {

        private final Console console;

        @Mixin
        private ProjectCalls calls = new ProjectCalls();

        @Parameters(paramLabel = "PROJECT", description = "Identifier of the project.")
        private String id = "";

        @Option(
                names = "--k",
                paramLabel = "NUMBER",
                defaultValue = "5",
                description = "So many patients at least shall look alike, from 2 to 1000 (default: ${DEFAULT-VALUE}).")
        private int k;

        SuppressCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            calls.post(
                    console,
                    ProjectCommand.path(id, "suppress"),
                    JsonNodeFactory.instance.objectNode().put("k", k));
            return built(console, calls, id);
        }
    }
}
