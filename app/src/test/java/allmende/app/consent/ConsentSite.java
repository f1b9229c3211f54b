package allmende.app.consent;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A small site with patients who changed their minds; one for all tests of a run, which only read it. */
final class ConsentSite {

    private static @Nullable ConsentSite shared;

    private final Path data;
    private final Started site;

    private ConsentSite(Path data, Started site) {
        this.data = data;
        this.site = site;
    }

    static synchronized ConsentSite shared() throws Exception {
        ConsentSite running = shared;
        if (running == null) {
            running = start();
            shared = running;
        }
        return running;
    }

    private static ConsentSite start() throws Exception {
        Path folder = Hospital.temporary("allmende-consent");
        Path file = Files.writeString(
                folder.resolve("data.ndjson"),
                String.join(
                        "\n",
                        "{\"resourceType\":\"Patient\",\"id\":\"again\",\"name\":[{\"family\":\"Geheimnis\"}]}",
                        "{\"resourceType\":\"Patient\",\"id\":\"refuses\"}",
                        "{\"resourceType\":\"Patient\",\"id\":\"silent\"}",
                        consent("again-1", "again", "2020-09-01", "permit", "6", "7", "8", "9", "45"),
                        consent("again-2", "again", "2022-03-01", "deny", "6", "8"),
                        consent("again-3", "again", "2023-03-01", "permit", "6", "8"),
                        consent("refuses-1", "refuses", "2022-03-01", "deny", "2", "3", "6", "7", "8")));
        Path data = folder.resolve("site");
        Typed loaded = Typed.run("load", "--data", data.toString(), file.toString());
        assertThat(loaded.code()).as(loaded.err()).isZero();
        ConsentSite started = new ConsentSite(data, Started.over(data, Access.OPEN));
        Runtime.getRuntime().addShutdownHook(new Thread(started.site::close));
        return started;
    }

    private static String consent(String id, String patient, String day, String type, String... policies) {
        String period = "\"period\":{\"start\":\"" + day + "\",\"end\":\"3000-01-01\"}";
        StringBuilder provisions = new StringBuilder();
        for (String policy : policies) {
            provisions
                    .append(provisions.isEmpty() ? "" : ",")
                    .append("{\"type\":\"" + type + "\"," + period + ",\"code\":[{\"coding\":[{\"system\":"
                            + "\"urn:oid:2.16.840.1.113883.3.1937.777.24.5.3\",\"code\":"
                            + "\"2.16.840.1.113883.3.1937.777.24.5.3." + policy + "\"}]}]}");
        }
        return "{\"resourceType\":\"Consent\",\"id\":\"" + id + "\",\"status\":\"active\",\"patient\":{\"reference\":"
                + "\"Patient/" + patient + "\"},\"dateTime\":\"" + day + "\",\"provision\":{\"type\":\"deny\"," + period
                + ",\"provision\":[" + provisions + "]}}";
    }

    Path data() {
        return data;
    }

    String url() {
        return site.url();
    }

    String page(String path, String language) throws Exception {
        return site.get(path, "Accept-Language", language).body();
    }
}
