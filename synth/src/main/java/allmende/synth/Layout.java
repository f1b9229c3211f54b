package allmende.synth;

import java.io.Closeable;

/** Where slices of a hospital go on disk. */
interface Layout extends Closeable {

    /** A new slice to be filled by one thread. */
    Slice slice();

    /** Files written so far. */
    long files();

    /** Bytes written so far. */
    long bytes();
}
