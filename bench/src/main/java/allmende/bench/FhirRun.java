package allmende.bench;

import allmende.app.identity.Access;
import allmende.app.server.Door;
import allmende.app.server.ServerOptions;
import allmende.app.server.SiteServer;
import allmende.app.site.SiteLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Uses a site as other people's FHIR programs do: over HTTP on the loopback, client and server in this process. Arguments:
 * data folder, folder of Synthea's bundles. A data folder that holds a site already is asked without loading.
 */
final class FhirRun {

    /** File in the data folder that keeps the Observations as they were exported. */
    static final String OBSERVATIONS = "observations.ndjson";

    private static final int CLIENTS = 2;
    private static final int READ_WARM = 10_000;
    private static final int WARM = 1_000;
    private static final int MEASURED = 200;
    private static final int SLOW_WARM = 100;
    private static final int SLOW_MEASURED = 40;
    private static final long READ_NANOS = 5_000_000_000L;
    private static final int IDLE_SECONDS = 3;
    private static final long IDLE_NANOS = 100_000_000L;
    private static final int SETTLE_SECONDS_MAX = 600;
    private static final Pattern ENTRY = Pattern.compile("\"request\"\\s*:\\s*\\{");
    private static final Pattern PATIENT = Pattern.compile("\"resourceType\":\"Patient\",\"id\":\"([^\"]+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");
    private static final Pattern OUTPUT = Pattern.compile("\\{\"type\":\"Observation\",\"url\":\"([^\"]+)\"");
    private static final Pattern ENTRIES = Pattern.compile("\"fullUrl\":");

    /** Single requests, by the name under which their milliseconds are printed. */
    private static final String[][] QUICK = {
        {"countPatients", "Patient?_summary=count"},
        {"countCode", "Observation?code=http://loinc.org%7C29463-7&_summary=count"},
        {"countCodeValue", "Observation?code=http://loinc.org%7C29463-7&value-quantity=gt100&_summary=count"},
        {"countChain", "Observation?subject:Patient.birthdate=1950&code=29463-7&_summary=count"},
        {"countHas", "Patient?_has:Condition:patient:code=444814009&_summary=count"},
    };

    private static final String[][] PAGES = {
        {"page", "Observation?code=http://loinc.org%7C29463-7&_count=1000"},
        {"pageElements", "Observation?code=http://loinc.org%7C29463-7&_count=1000&_elements=subject"},
    };

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    private FhirRun(String base) {
        this.base = base;
    }

    /** Prints figures as lines {@code name=value}; see the bench's table for their meaning. */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        boolean loaded = Files.exists(data.resolve("loaded"));
        ServerOptions options = new ServerOptions(SiteLocation.embedded(data), Door.loopback(0), Access.OPEN);
        try (SiteServer server = SiteServer.start(options)) {
            FhirRun run = new FhirRun(server.url() + "/fhir");
            run.await();
            if (!loaded) {
                run.load(Path.of(arguments[1]));
                Files.createFile(data.resolve("loaded"));
            }
            run.await();
            settle();
            run.reads();
            for (String[] query : QUICK) {
                run.measure(query[0], query[1], WARM, MEASURED);
            }
            for (String[] query : PAGES) {
                run.measure(query[0], query[1], SLOW_WARM, SLOW_MEASURED);
            }
            run.everything();
            run.export(data.resolve(OBSERVATIONS));
            System.out.println("memoryMiB=" + StatisticsRun.peakMebibytes());
        }
        System.exit(0);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + "/" + path));
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(to(path));
        if (response.statusCode() != 200) {
            throw new BenchFailure(path + ": " + response.statusCode());
        }
        return response.body();
    }

    /** Waits until the site answers searches with all that was written. */
    private void await() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (send(to("Patient?_summary=count")).statusCode() != 200) {
            Thread.sleep(100);
        }
        System.out.println("searchedSeconds=" + LoadRun.seconds(start));
    }

    /** Waits until the work in the background that follows a load, such as checking what came, is done. */
    private static void settle() throws InterruptedException {
        long start = System.nanoTime();
        long before = cpuNanos();
        for (int idle = 0; idle < IDLE_SECONDS && LoadRun.seconds(start) < SETTLE_SECONDS_MAX; ) {
            Thread.sleep(1_000);
            long now = cpuNanos();
            idle = now - before < IDLE_NANOS ? idle + 1 : 0;
            before = now;
        }
        System.out.println("settledSeconds=" + LoadRun.seconds(start));
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private void load(Path bundles) throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(bundles)) {
            files = found.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Path> first = files.stream().filter(FhirRun::isShared).toList();
        AtomicLong resources = new AtomicLong();
        long start = System.nanoTime();
        for (Path file : first) {
            post(file, resources);
        }
        ConcurrentLinkedQueue<Path> rest = new ConcurrentLinkedQueue<>(files);
        rest.removeAll(first);
        both(() -> {
            for (Path file = rest.poll(); file != null; file = rest.poll()) {
                post(file, resources);
            }
            return null;
        });
        System.out.println("loadSeconds=" + LoadRun.seconds(start));
        System.out.println("resources=" + resources.get());
    }

    private static boolean isShared(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("hospital") || name.startsWith("practitioner");
    }

    private void post(Path file, AtomicLong resources) throws IOException, InterruptedException {
        byte[] bundle = Files.readAllBytes(file);
        HttpResponse<byte[]> response = send(to("").header("Content-Type", "application/fhir+json")
                .header("Prefer", "return=minimal")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bundle)));
        if (response.statusCode() != 200) {
            throw new BenchFailure(file.getFileName() + ": " + response.statusCode());
        }
        resources.addAndGet(ENTRY.matcher(new String(bundle, StandardCharsets.UTF_8))
                .results()
                .count());
    }

    private static void both(Callable<Void> work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(threads.submit(work));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        }
    }

    private List<String> patients(int count) throws IOException, InterruptedException {
        String page = new String(get("Patient?_elements=id&_count=" + count), StandardCharsets.UTF_8);
        return PATIENT.matcher(page).results().map(found -> found.group(1)).toList();
    }

    private void reads() throws Exception {
        List<String> ids = patients(200);
        List<String> millis = new ArrayList<>();
        for (int i = 0; i < READ_WARM + MEASURED; i++) {
            long start = System.nanoTime();
            get("Patient/" + ids.get(i % ids.size()));
            if (i >= READ_WARM) {
                millis.add(millis(start));
            }
        }
        System.out.println("read=" + String.join(" ", millis));
        AtomicLong done = new AtomicLong();
        long start = System.nanoTime();
        both(() -> {
            for (int i = 0; System.nanoTime() - start < READ_NANOS; i++) {
                get("Patient/" + ids.get(i % ids.size()));
                done.incrementAndGet();
            }
            return null;
        });
        System.out.println("readsPerSecond=" + done.get() / LoadRun.seconds(start));
    }

    private static String millis(long start) {
        return String.format(Locale.ROOT, "%.3f", (System.nanoTime() - start) / 1e6);
    }

    private void measure(String name, String path, int warm, int measured) throws IOException, InterruptedException {
        List<String> millis = new ArrayList<>();
        byte[] last = {};
        for (int i = 0; i < warm + measured; i++) {
            long start = System.nanoTime();
            last = get(path);
            if (i >= warm) {
                millis.add(millis(start));
            }
        }
        Matcher total = TOTAL.matcher(new String(last, StandardCharsets.UTF_8));
        System.out.println(name + "=" + String.join(" ", millis));
        System.out.println(name + ".total=" + (total.find() ? total.group(1) : "0"));
    }

    private void everything() throws IOException, InterruptedException {
        List<String> rates = new ArrayList<>();
        List<String> ids = patients(24);
        for (int round = 0; round < 2; round++) {
            rates.clear();
            for (String id : ids) {
                long start = System.nanoTime();
                String all = new String(get("Patient/" + id + "/$everything"), StandardCharsets.UTF_8);
                double seconds = LoadRun.seconds(start);
                rates.add(String.format(
                        Locale.ROOT, "%.0f", ENTRIES.matcher(all).results().count() / seconds));
            }
        }
        System.out.println("everything=" + String.join(" ", rates));
    }

    private void export(Path observations) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<byte[]> begun = send(to("$export").header("Prefer", "respond-async"));
        String job = begun.headers().firstValue("Content-Location").orElseThrow();
        System.out.println("exportLatencyMillis=" + millis(start));
        HttpResponse<byte[]> status = send(to(job));
        while (status.statusCode() == 202) {
            Thread.sleep(20);
            status = send(to(job));
        }
        double seconds = LoadRun.seconds(start);
        String manifest = new String(status.body(), StandardCharsets.UTF_8);
        long resources = COUNT.matcher(manifest)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        System.out.println("exportSeconds=" + seconds);
        System.out.println("exported=" + resources);
        keep(manifest, observations);
        send(to(job).DELETE());
    }

    /** Keeps the Observations that were exported, for those who measure what becomes of such files. */
    private void keep(String manifest, Path file) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (MatchResult output : OUTPUT.matcher(manifest).results().toList()) {
                out.write(get(output.group(1)));
            }
        }
    }
}
