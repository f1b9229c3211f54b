package allmende.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A measured run in a Java process of its own, so that nothing is warm that a user would find cold. The child prints
 * its figures as lines {@code name=value} on standard output.
 *
 * @param maxHeap value of {@code -Xmx}, for example {@code 1g}
 */
record ChildJvm(String maxHeap) {

    private static final long TIMEOUT_MINUTES = 60;

    /**
     * Runs {@code main} and waits for it.
     *
     * @return the figures it printed
     * @throws BenchFailure when it fails or takes longer than an hour
     */
    Map<String, String> run(Class<?> main, String... arguments) {
        try {
            Path errors = java.nio.file.Files.createTempFile("allmende-bench", ".err");
            Process process = new ProcessBuilder(command(main, arguments))
                    .redirectError(errors.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchFailure(main.getSimpleName() + " failed; its messages are in " + errors);
            }
            java.nio.file.Files.delete(errors);
            return figures(output);
        } catch (IOException e) {
            throw new BenchFailure("Can't start a Java process: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Interrupted");
        }
    }

    private List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + maxHeap,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Map<String, String> figures(String output) {
        Map<String, String> figures = new HashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                figures.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return figures;
    }
}
