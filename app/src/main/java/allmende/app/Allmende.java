package allmende.app;

import allmende.app.cli.Commands;

/** The program. One process, one command: {@code allmende COMMAND [OPTIONS]}. */
public final class Allmende {

    private Allmende() {}

    /** Runs the command and ends the JVM with its exit code: 0 done, 1 failed, 2 wrong use or invalid query. */
    public static void main(String[] args) {
        System.exit(Commands.run(args));
    }
}
