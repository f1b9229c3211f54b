package allmende.app.federation.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Does things of several threads together that cost less that way, such as transactions. Who comes while others are being
 * dealt with waits and is dealt with in the next round. If a round fails, each of it is tried alone, so that nobody pays for
 * another's fault.
 */
final class Together<I, O> {

    private static final int ROUND_MAX = 200;

    private final Function<List<I>, List<O>> work;
    private final ConcurrentLinkedQueue<Waiting<I, O>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leading = new ReentrantLock();

    private record Waiting<I, O>(I item, CompletableFuture<O> result) {}

    /** @param work all of it or nothing; as many results as items, in their order */
    Together(Function<List<I>, List<O>> work) {
        this.work = work;
    }

    /** Returns when it is done; throws what the work threw. */
    O of(I item) {
        CompletableFuture<O> result = new CompletableFuture<>();
        queue.add(new Waiting<>(item, result));
        // Who finds nobody leading leads until nobody waits; looked at again after leading, so that nobody is left
        // behind.
        while (!queue.isEmpty() && leading.tryLock()) {
            try {
                rounds();
            } finally {
                leading.unlock();
            }
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void rounds() {
        while (true) {
            List<Waiting<I, O>> round = new ArrayList<>();
            Waiting<I, O> next = queue.poll();
            while (next != null) {
                round.add(next);
                next = round.size() < ROUND_MAX ? queue.poll() : null;
            }
            if (round.isEmpty()) {
                return;
            }
            try {
                round(round);
            } catch (RuntimeException e) {
                round.forEach(this::alone);
            }
        }
    }

    private void round(List<Waiting<I, O>> round) {
        List<O> results = work.apply(round.stream().map(Waiting::item).toList());
        for (int i = 0; i < round.size(); i++) {
            round.get(i).result().complete(results.get(i));
        }
    }

    private void alone(Waiting<I, O> one) {
        try {
            round(List.of(one));
        } catch (RuntimeException e) {
            one.result().completeExceptionally(e);
        }
    }
}
