package allmende.app.bulk;

import allmende.engine.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job on its way: which parts are taken, which are finished. Several threads work on it. */
final class RunningJob {

    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    private final Job job;
    private final JobFolder folder;
    private final BitSet taken = new BitSet();
    private int finished;
    private int busy;
    private boolean stopped;
    private boolean removed;
    private boolean ended;

    RunningJob(Job job, JobFolder folder) {
        this.job = job;
        this.folder = folder;
        for (JobFolder.Output output : folder.outputs()) {
            taken.set(output.part());
            finished++;
        }
        this.ended = folder.ended() != null;
    }

    Job job() {
        return job;
    }

    JobFolder folder() {
        return folder;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** When it ended; null while it goes on. */
    @Nullable
    Instant ended() {
        return isEnded() ? folder.ended() : null;
    }

    /** How much of it is done, in hundredths. */
    synchronized int percent() {
        return job.parts().isEmpty() ? 100 : finished * 100 / job.parts().size();
    }

    /** Whether nobody wants it any more. */
    synchronized boolean isStopped() {
        return stopped;
    }

    /** Works on parts until none is left that is not taken. */
    void work(Store store, PartWriter writer) {
        for (int part = take(); part >= 0; part = take()) {
            String failure = null;
            boolean complete = false;
            try {
                long count = writer.write(this, part, store);
                complete = count >= 0;
                if (complete) {
                    folder.finish(part, job.parts().get(part), count);
                }
            } catch (PartWriter.Unfit unfit) {
                failure = unfit.reason();
            } catch (IOException | RuntimeException e) {
                if (!isStopped()) {
                    LOG.error("A part of an export failed: {}", e.getClass().getName());
                    failure = "A file could not be written; the log of the site tells more.";
                }
            }
            release(complete, failure);
        }
        endIfComplete();
    }

    private synchronized int take() {
        int part = taken.nextClearBit(0);
        if (stopped || ended || part >= job.parts().size()) {
            return -1;
        }
        taken.set(part);
        busy++;
        return part;
    }

    private synchronized void release(boolean complete, @Nullable String failure) {
        busy--;
        if (complete) {
            finished++;
        }
        if (failure != null && !ended && !removed) {
            folder.end(failure);
            ended = true;
            stopped = true;
        }
        removeIfIdle();
    }

    private synchronized void endIfComplete() {
        if (!ended && !removed && finished == job.parts().size()) {
            folder.end(null);
            ended = true;
        }
    }

    /** Stops, to go on another time. */
    synchronized void pause() {
        stopped = true;
    }

    /** Stops and removes the files. */
    synchronized void cancel() {
        stopped = true;
        removed = true;
        removeIfIdle();
    }

    private void removeIfIdle() {
        if (removed && busy == 0) {
            folder.remove();
        }
    }

    /** The finished files that hold something. */
    List<JobFolder.Output> outputs() {
        return folder.outputs().stream()
                .filter(output -> output.count() > 0 && Files.exists(output.path()))
                .toList();
    }
}
