package allmende.app.quality;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows whether somebody is being served now, so that work in the background steps aside. */
final class Quiet extends OncePerRequestFilter {

    private static final int STEP_MILLIS = 20;
    private static final int WAIT_MAX_MILLIS = 1_000;

    private final AtomicInteger busy = new AtomicInteger();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        busy.incrementAndGet();
        try {
            chain.doFilter(request, response);
        } finally {
            busy.decrementAndGet();
        }
    }

    /** Waits while requests are served, at most a second: a site that is always busy is checked slowly, but checked. */
    void await() throws InterruptedException {
        for (int waited = 0; busy.get() > 0 && waited < WAIT_MAX_MILLIS; waited += STEP_MILLIS) {
            Thread.sleep(STEP_MILLIS);
        }
    }
}
