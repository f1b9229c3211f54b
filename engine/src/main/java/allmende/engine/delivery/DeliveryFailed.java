package allmende.engine.delivery;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A delivery can't be written or read: no space, no right, a damaged file. The message is a sentence for people. */
public final class DeliveryFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    DeliveryFailed(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** Why a folder can't be written, and what to do. */
    static DeliveryFailed writing(Throwable problem) {
        String detail = problem instanceof FileSystemException file && file.getReason() != null
                ? " (" + file.getReason() + ")"
                : "";
        return new DeliveryFailed(
                "The delivery can't be written: is the disk full, or the right to write missing?" + detail
                        + " What is complete stays; run it again to go on.",
                problem);
    }
}
