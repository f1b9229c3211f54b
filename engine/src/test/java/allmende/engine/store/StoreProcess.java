package allmende.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import allmende.core.fhir.ResourceKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that writes batches into a store and prints the t of each, until told the number or killed. */
public final class StoreProcess {

    static final int BATCH = 50;

    private StoreProcess() {}

    /** Arguments: directory, name, number of batches. */
    public static void main(String[] arguments) {
        try (Store store = Stores.open(new StoreLocation.Embedded(Path.of(arguments[0])))) {
            System.out.println("open");
            for (int batch = 0; batch < Integer.parseInt(arguments[2]); batch++) {
                System.out.println(
                        store.write(batch(arguments[1] + "-" + batch)).t());
            }
        }
    }

    static List<ResourceWrite> batch(String name) {
        List<ResourceWrite> writes = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            writes.add(new ResourceWrite(
                    new ResourceKey("Observation", name + "-" + i), name.getBytes(UTF_8), name, List.of()));
        }
        return writes;
    }

    /** A running one. */
    record Running(Process process, BufferedReader output) {

        static Running start(Path directory, String name, int batches) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoreProcess.class.getName(),
                            directory.toString(),
                            name,
                            Integer.toString(batches))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Running(process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
        }

        String line() throws IOException {
            return output.readLine();
        }
    }
}
