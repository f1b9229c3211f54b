package allmende.app.cli;

import allmende.app.audit.AccessLogUnavailable;
import allmende.app.audit.FileAccessLog;
import allmende.app.keys.KeyVault;
import allmende.app.operations.RunningSite;
import allmende.app.operations.SiteErasure;
import allmende.app.pseudonyms.PseudonymErasure;
import allmende.app.pseudonyms.PseudonymService;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.engine.store.Erasure;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Erases a patient. */
@Command(
        name = "erase",
        description = "Erase a patient for good: every version of every resource, the index and the quarantine.",
        mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions options = new DataOptions();

    @Parameters(paramLabel = "PATIENT", description = "Id of the Patient resource, without \"Patient/\".")
    private String patient = "";

    EraseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String id = patient.startsWith("Patient/") ? patient.substring("Patient/".length()) : patient;
        Erasure erasure = erase(options.location(), id);
        if (erasure.versions() == 0 && erasure.quarantined() == 0) {
            throw new CommandFailure("Nothing of this patient is here.", "Check the id.");
        }
        console.out().printf("resources   %,10d%n", erasure.resources());
        console.out().printf("versions    %,10d%n", erasure.versions());
        console.out().printf("quarantined %,10d%n", erasure.quarantined());
        console.out().printf("snapshot    t = %d%n", erasure.t());
        console.out().flush();
        if (!erasure.logDropped()) {
            console.tell("The external server keeps old write-ahead log for a while; its administrator can drop it.");
        }
        return Commands.OK;
    }

    private static Erasure erase(SiteLocation location, String id) {
        Optional<RunningSite> running = RunningSite.find(location);
        if (running.isPresent()) {
            return running.get().erase(id);
        }
        try (SiteData data = LocalData.open(location);
                PseudonymService pseudonyms = PseudonymService.at(
                        location, KeyVault.open(location.data(), System.getenv()), InstantSource.system());
                FileAccessLog log = FileAccessLog.open(location.audit(), "", InstantSource.system())) {
            Erasure erasure = SiteErasure.erase(data, id, List.of(new PseudonymErasure(location, pseudonyms)));
            log.record(SiteErasure.access(id, erasure));
            return erasure;
        } catch (AccessLogUnavailable e) {
            throw new CommandFailure(
                    String.valueOf(e.getMessage()), "See that the disk has room and the folder can be written.");
        }
    }
}
