package allmende.engine.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the inputs: a thread that reads, threads that prepare, and the caller's thread that takes the units in
 * the order of the input. What is under way between them is bounded.
 */
final class Pass {

    private static final int PREPARERS = 2;
    private static final int QUEUE_PIECES = 256;

    private final Limits limits;
    private final List<Input> inputs;
    private final Map<Input, Wanted> waiting;
    private final Preparer preparer;
    private final BlockingQueue<Future<Prepared>> queue = new LinkedBlockingQueue<>(QUEUE_PIECES);
    private final Semaphore inFlight;

    /**
     * Prepares a reading.
     *
     * @param waiting what to read of each input; empty: everything
     */
    Pass(Limits limits, List<Input> inputs, Map<Input, Wanted> waiting) {
        this.limits = limits;
        this.inputs = inputs;
        this.waiting = waiting;
        this.preparer = new Preparer(limits);
        this.inFlight = new Semaphore(limits.inFlightBytes());
    }

    /** Takes what was prepared. */
    interface Taker {
        /** Takes a unit, or, where it is null, only word of how many bytes were read. */
        void take(@Nullable Unit unit, long rawBytes);
    }

    /** What became of a piece; without units at the end. */
    private record Prepared(@Nullable List<Unit> units, int permits, long rawBytes) {}

    /** Reads everything; returns when the last unit was taken. */
    void run(Taker taker) {
        ExecutorService preparers = Executors.newFixedThreadPool(
                PREPARERS, Thread.ofPlatform().name("load-prepare-", 1).daemon().factory());
        Thread reader = Thread.ofPlatform().name("load-read").daemon().start(() -> readAll(preparers));
        try {
            takeAll(taker);
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("The load was interrupted");
            cancelled.initCause(interrupted);
            throw cancelled;
        } finally {
            reader.interrupt();
            preparers.shutdownNow();
        }
    }

    private void readAll(ExecutorService preparers) {
        PieceReader pieces = new PieceReader(limits, (piece, rawBytes) -> {
            int permits = Math.min(piece.bytes(), limits.inFlightBytes());
            inFlight.acquire(permits);
            Wanted wanted = waiting.isEmpty() ? Wanted.ALL : waiting.getOrDefault(piece.input(), Wanted.nothing());
            queue.put(preparers.submit(() -> new Prepared(preparer.prepare(piece, wanted), permits, rawBytes)));
        });
        try {
            for (Input input : inputs) {
                pieces.read(input);
            }
            queue.put(CompletableFuture.completedFuture(new Prepared(null, 0, 0)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException problem) {
            fail(problem);
        }
    }

    private void fail(Exception problem) {
        try {
            queue.put(CompletableFuture.failedFuture(problem));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAll(Taker taker) throws InterruptedException {
        for (Prepared prepared = next(); prepared.units() != null; prepared = next()) {
            taker.take(null, prepared.rawBytes());
            for (Unit unit : prepared.units()) {
                taker.take(unit, 0);
            }
            inFlight.release(prepared.permits());
        }
    }

    private Prepared next() throws InterruptedException {
        try {
            return queue.take().get();
        } catch (ExecutionException problem) {
            throw new IllegalStateException("The load could not go on", problem.getCause());
        }
    }
}
