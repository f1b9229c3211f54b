package allmende.app.projects;

import allmende.engine.delivery.DeliveryFailed;
import allmende.engine.delivery.RecipientKey;
import allmende.engine.delivery.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Encrypts as deliveries are encrypted, so that any program that knows CMS opens them with the right key. */
final class DeliverySealer implements Sealer {

    @Override
    public Optional<String> fingerprint(String key) {
        return RecipientKey.read(key) instanceof RecipientKey.Outcome.Read(RecipientKey usable)
                ? Optional.of(usable.fingerprint())
                : Optional.empty();
    }

    @Override
    public String suffix() {
        return ".cms";
    }

    @Override
    public void seal(Path folder, Path sealed, String key) throws IOException {
        if (!(RecipientKey.read(key) instanceof RecipientKey.Outcome.Read(RecipientKey usable))) {
            throw new IOException("The recipient's key can't be used any more");
        }
        try {
            Sealing.seal(folder, usable, sealed);
        } catch (DeliveryFailed e) {
            throw new IOException("The delivery can't be encrypted", e);
        }
    }
}
