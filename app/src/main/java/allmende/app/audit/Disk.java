package allmende.app.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** How bytes get into a file; a test has it fail as a full disk does. */
interface Disk {

    /** Writes as the system does. */
    Disk REAL = (channel, bytes, position) -> channel.write(bytes, position);

    /** Writes some of the bytes at a place of the file, and tells how many. */
    int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;
}
