package allmende.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the site on a loaded data directory and waits until it says that it is ready. */
final class RestartRun {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 20;

    private RestartRun() {}

    /** Seconds from the start of the Java process to readiness; the site is stopped afterwards. */
    static double secondsToReady(Path launcher, Path data) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(launcher.toString(), "site", "--open"));
            command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                awaitReady(port, process);
                return (System.nanoTime() - start) / 1e9;
            } finally {
                process.destroy();
                if (!process.waitFor(1, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            throw new BenchFailure("Can't start the site: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Interrupted");
        }
    }

    private static void awaitReady(int port, Process process) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .build();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end && process.isAlive()) {
                if (ready(client, request)) {
                    return;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
        throw new BenchFailure("The site did not become ready");
    }

    private static boolean ready(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
