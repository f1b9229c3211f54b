package allmende.app.projects;

import allmende.core.disclosure.DeliveryBinding;
import allmende.core.disclosure.DeliveryCase;
import org.jspecify.annotations.Nullable;

/** Puts together what the gate decides by, from what is there now. */
final class Cases {

    private final BuildTables builds;

    Cases(BuildTables builds) {
        this.builds = builds;
    }

    /** What would leave now: the project as it is now, with the content as it lies there now. */
    static DeliveryBinding binding(DataUseProject project, Build build, String contentHash) {
        return new DeliveryBinding(
                project.id(),
                project.purpose(),
                project.vote(),
                project.request().crtdlHash(),
                project.request().ruleSetHash(),
                build.t(),
                build.consentDay(),
                project.recipient().fingerprint(),
                contentHash.isEmpty() ? "gone" : contentHash,
                project.expiry());
    }

    /** The case of a build that has not left yet. */
    DeliveryCase of(DataUseProject project, Build build, String contentHash) {
        return of(project, build, contentHash, null);
    }

    /** The case of a delivery that is there, or of a build where there is none. */
    DeliveryCase of(DataUseProject project, Build build, String contentHash, @Nullable Delivery delivery) {
        boolean stopped = project.state() == ProjectState.REVOKED
                || build.state() != Build.State.DONE
                || (delivery != null && delivery.stoppedAt() != null);
        return new DeliveryCase(
                binding(project, build, contentHash),
                build.by(),
                builds.approvals(build.id()),
                stopped,
                builds.withdrawn(build.id()));
    }
}
