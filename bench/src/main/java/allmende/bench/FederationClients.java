package allmende.bench;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.exchange.MemoryStore;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.outpost.OutpostService;
import allmende.app.federation.outpost.Tunnel;
import allmende.app.federation.policy.PolicyFile;
import allmende.app.federation.trust.Es256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many sites in one process, each with its own key, connection and protocol, with memories instead of databases. Ends with
 * the process that started it. Arguments: working folder, the portal's address and fingerprint, number of sites.
 */
final class FederationClients {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FederationClients() {}

    static PartyId name(int number) {
        return new PartyId("site-" + number);
    }

    /** Prints nothing. */
    public static void main(String[] arguments) throws IOException {
        FederationOptions.Link link =
                FederationOptions.Link.to(URI.create(arguments[1])).expecting(arguments[2]);
        Path file = Path.of(arguments[0]).resolve("policy.json");
        Files.writeString(file, "{\"rules\": [{\"kind\": \"feasibility\", \"release\": \"automatic\"}]}");
        Clock clock = Clock.systemUTC();
        PolicyFile policy = new PolicyFile(file, clock);
        Tunnel tunnel = Tunnel.open(link);
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            PartyId id = name(i);
            Self self = new Self(id, "Site " + i, Es256.generate(), Es256::read);
            OutpostService site =
                    new OutpostService(self, new MemoryStore(), policy, new OutpostService.Connection(tunnel, clock));
            site.onTask(
                    TaskKind.FEASIBILITY,
                    task -> new TaskOutcome.Completed(
                            JSON.createObjectNode().put("site", id.value()).put("text", "y".repeat(2_000))));
            site.start();
        }
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    }
}
