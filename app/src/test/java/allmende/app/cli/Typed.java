package allmende.app.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * What a command answered.
 *
 * @param code exit code
 */
public record Typed(int code, String out, String err) {

    /** Runs a command as if typed, nobody watching. */
    public static Typed run(String... args) {
        return run("", args);
    }

    /** The same with something on standard input. */
    public static Typed run(String input, String[] args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                false);
        int code = Commands.commandLine(console).execute(args);
        return new Typed(code, out.toString(), err.toString());
    }
}
