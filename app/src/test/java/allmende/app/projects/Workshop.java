package allmende.app.projects;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AuditEvent;
import allmende.app.identity.Caller;
import allmende.app.identity.Role;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.SideTables;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A site with three patients and the desks of projects over it; building, encryption and consent are of the simplest kind. */
final class Workshop implements AutoCloseable {

    static final String KEY = "-----BEGIN PUBLIC KEY-----\nrecipient\n-----END PUBLIC KEY-----";

    final List<AuditEvent> trail = Collections.synchronizedList(new ArrayList<>());
    final List<Access> accesses = Collections.synchronizedList(new ArrayList<>());
    final Set<String> withdrawn = Collections.synchronizedSet(new TreeSet<>());
    final Site site;
    final Desks desks;
    final Path data;
    final BuildRunner.Parts parts;

    /** What builds wait for; open by default. */
    volatile CountDownLatch door = new CountDownLatch(0);

    volatile Instant now = Instant.parse("2026-05-04T10:00:00Z");

    private final SideTables tables;

    Workshop(Path data) throws InterruptedException {
        this.data = data;
        SiteLocation location = SiteLocation.embedded(data);
        this.site = new Site(location);
        site.start();
        while (!(site.state() instanceof Site.State.Ready)) {
            Thread.sleep(20);
        }
        for (String id : List.of("p-1", "p-2", "p-3")) {
            if (site.data().store().patientNumber(id).isPresent()) {
                continue; // opened again
            }
            write("Patient", id, id, "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}");
        }
        this.tables = Stores.openBeside(location.store(), "projects", "allmende/projects/migration");
        this.parts = new BuildRunner.Parts(
                site,
                new ProjectTables(tables),
                new BuildTables(tables.dataSource()),
                new DeliveryVault(data),
                new Builder(),
                new SecretKeySpec(new byte[32], "HmacSHA256"),
                trail::add,
                new Log(),
                () -> now);
        this.desks = Desks.of(
                parts,
                tables,
                new Desks.Tools(
                        new Requests(new OneRuleSet(), new Reversing(), SiteData.ZONE),
                        new Reversing(),
                        (project, patient, t, day) ->
                                withdrawn.contains(patient) ? Optional.of("use-not-permitted") : Optional.empty()));
    }

    void write(String type, String id, String patient, String body) {
        site.data()
                .store()
                .write(List.of(new ResourceWrite(
                        new ResourceKey(type, id),
                        FhirJson.compact(body.getBytes(StandardCharsets.UTF_8)),
                        patient,
                        List.of())));
    }

    /** A consent changes; what it permits is what {@link #withdrawn} says. */
    void consentOf(String patient) {
        write(
                "Consent",
                "c-" + patient,
                patient,
                "{\"resourceType\":\"Consent\",\"id\":\"c-" + patient + "\",\"dateTime\":\"" + System.nanoTime()
                        + "\",\"patient\":{\"reference\":\"Patient/" + patient + "\"}}");
    }

    static Caller person(String name, Role... roles) {
        return new Caller(name, Caller.Kind.PERSON, Set.of(roles), Set.of(), null, "127.0.0.1");
    }

    static NewProject request(String id, String crtdl) {
        return new NewProject(
                id,
                "Heart failure at home",
                "Predict decompensation",
                "Broad consent, vote 2026/17",
                crtdl.getBytes(StandardCharsets.UTF_8),
                "simple",
                new byte[0],
                "Dr. Rike Forschung",
                KEY,
                LocalDate.of(2026, 8, 31));
    }

    /** Waits for the newest build of a project to end. */
    Build built(String project) throws InterruptedException {
        Build build = desks.desk().newest(project).orElseThrow();
        while (build.state() == Build.State.RUNNING) {
            Thread.sleep(10);
            build = desks.desk().newest(project).orElseThrow();
        }
        return build;
    }

    /** One line for each patient of the snapshot. */
    private final class Builder implements Building {

        @Override
        public List<String> problems(DataUseProject.Request request) {
            JsonNode crtdl = FhirJson.parse(request.crtdl());
            return crtdl.path("bad").asBoolean(false) ? List.of("It is bad.") : List.of();
        }

        @Override
        public Built build(Order order, Watch watch) throws IOException, InterruptedException {
            Map<String, String> patients = new LinkedHashMap<>();
            StringBuilder lines = new StringBuilder();
            site.data().store().scan("Patient", order.t(), -1, 100).forEach(patient -> {
                String pseudonym = "psn-" + order.project().id() + "-" + patients.size();
                patients.put(patient.key().id(), pseudonym);
                lines.append(pseudonym).append('\n');
            });
            Files.writeString(order.room().folder().resolve("Patient.ndjson"), lines);
            watch.advanced(1, patients.size());
            do {
                if (watch.cancelled()) {
                    throw new InterruptedException();
                }
            } while (!door.await(20, TimeUnit.MILLISECONDS));
            if (watch.cancelled()) {
                throw new InterruptedException();
            }
            var report = JsonNodeFactory.instance.objectNode();
            report.putObject("patients").put("asked", 3).put("delivered", patients.size());
            return new Built(report, JsonNodeFactory.instance.arrayNode(), patients, patients.size());
        }
    }

    /** Turns the bytes around. */
    static final class Reversing implements Sealer {

        @Override
        public Optional<String> fingerprint(String key) {
            return key.startsWith("-----BEGIN") ? Optional.of("fp-" + key.length()) : Optional.empty();
        }

        @Override
        public String suffix() {
            return ".sealed";
        }

        @Override
        public void seal(Path folder, Path sealed, String key) throws IOException {
            Files.write(sealed, turned(Files.readAllBytes(folder.resolve("Patient.ndjson"))));
        }

        static byte[] turned(byte[] bytes) {
            byte[] turned = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                turned[i] = bytes[bytes.length - 1 - i];
            }
            return turned;
        }
    }

    /** Knows one set of rules. */
    private static final class OneRuleSet implements Rules {

        @Override
        public List<String> shipped() {
            return List.of("simple");
        }

        @Override
        public Read read(String name, byte[] own) {
            return name.equals("simple")
                    ? new Read.Known(name, new byte[0], "rules-1")
                    : new Read.Refused(List.of("There is no such set of rules."));
        }
    }

    private final class Log implements AccessLog {

        @Override
        public void record(Access access) {
            accesses.add(access);
        }

        @Override
        public void require() {}
    }

    void later(long days) {
        now = now.plus(days, ChronoUnit.DAYS);
    }

    @Override
    public void close() {
        desks.close();
        tables.close();
        site.close();
    }
}
