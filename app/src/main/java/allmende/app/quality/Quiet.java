package allmende.app.quality;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows whether somebody is being served now, so that work in the background steps aside. */
final class Quiet extends OncePerRequestFilter {

    private static final int STEP_MILLIS = 20;
    private static final int WAIT_MAX_MILLIS = 1_000;

    /** Who asks one thing after the other is being served between two questions, too. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final AtomicInteger busy = new AtomicInteger();
    private volatile long servedAt = System.nanoTime() - PAUSE_NANOS;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        busy.incrementAndGet();
        try {
            chain.doFilter(request, response);
        } finally {
            servedAt = System.nanoTime();
            busy.decrementAndGet();
        }
    }

    /** Waits while requests are served, at most a second: a site that is always busy is checked slowly, but checked. */
    void await() throws InterruptedException {
        for (int waited = 0; isServing() && waited < WAIT_MAX_MILLIS; waited += STEP_MILLIS) {
            Thread.sleep(STEP_MILLIS);
        }
    }

    private boolean isServing() {
        return busy.get() > 0 || System.nanoTime() - servedAt < PAUSE_NANOS;
    }
}
