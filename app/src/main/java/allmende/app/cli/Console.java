package allmende.app.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * What a command reads from and prints to.
 *
 * @param out results
 * @param err messages and progress
 * @param in for what a command reads
 * @param terminal whether a person watches
 */
record Console(PrintWriter out, PrintWriter err, InputStream in, boolean terminal) {

    // The check expects a console always; since JDK 25 there is none again where a stream is redirected.
    @SuppressWarnings("SystemConsoleNull")
    static Console ofProcess() {
        java.io.Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        return new Console(Commands.utf8(System.out), Commands.utf8(System.err), System.in, terminal);
    }

    /** A line for the person who waits, not part of the result. */
    void tell(String line) {
        err.println(line);
        err.flush();
    }
}
