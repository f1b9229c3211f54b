package allmende.engine.extract;

import java.io.IOException;

/** Takes what is extracted, batch by batch. Batches come in any order and several at once; each is one thread's. */
public interface ExtractSink {

    /**
     * Begins a batch. One that is begun again (after a crash) replaces what it left.
     *
     * @param number 0 for the resources of no patient, from 1 on for patients
     */
    BatchSink batch(int number) throws IOException;
}
