package allmende.app.projects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Encrypts deliveries for their recipients. */
interface Sealer {

    /** The fingerprint of a public key in PEM; empty where it is none that can be used. */
    Optional<String> fingerprint(String key);

    /** What the name of an encrypted file ends with, with its dot. */
    String suffix();

    /** Packs a folder into one encrypted file. */
    void seal(Path folder, Path sealed, String key) throws IOException;
}
