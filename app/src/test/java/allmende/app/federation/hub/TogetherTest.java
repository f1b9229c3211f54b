package allmende.app.federation.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TogetherTest {

    private static final int MANY = 2_000;

    @Test
    void everybodyGetsTheirOwnResultAndNobodyIsLeftBehind() throws Exception {
        Together<Integer, Integer> doubling =
                new Together<>(items -> items.stream().map(item -> 2 * item).toList());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = IntStream.range(0, MANY)
                    .mapToObj(i -> threads.submit(() -> doubling.of(i)))
                    .toList();
            for (int i = 0; i < MANY; i++) {
                assertThat(results.get(i).get()).isEqualTo(2 * i);
            }
        }
    }

    @Test
    void whoComesWhileOthersAreDealtWithIsDealtWithTogether() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        Together<Integer, Integer> waiting = new Together<>(items -> {
            rounds.incrementAndGet();
            begun.countDown();
            await(go);
            return items;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = threads.submit(() -> waiting.of(0));
            begun.await();
            List<Thread> others = IntStream.range(1, 50)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> waiting.of(i)))
                    .toList();
            for (Thread other : others) {
                while (other.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            go.countDown();
            assertThat(first.get()).isZero();
            for (Thread other : others) {
                other.join();
            }
        }
        assertThat(rounds).hasValue(2);
    }

    @Test
    void oneFaultIsNobodyElses() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Together<Integer, Integer> picky = new Together<>(items -> {
            begun.countDown();
            await(go);
            if (items.contains(13)) {
                throw new IllegalStateException("13");
            }
            return items;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> picky.of(i)))
                    .toList();
            begun.await();
            go.countDown();
            for (int i = 0; i < 20; i++) {
                Future<Integer> result = results.get(i);
                if (i == 13) {
                    assertThatThrownBy(result::get).hasRootCauseMessage("13");
                } else {
                    assertThat(result.get()).isEqualTo(i);
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
