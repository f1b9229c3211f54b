package allmende.app.federation.setup;

import java.util.concurrent.Callable;

/** Waits until something is so; a test that waits in vain fails. */
final class Await {

    private static final long LONGEST_MILLIS = 30_000;
    private static final long STEP_MILLIS = 10;

    private Await() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        for (long waited = 0; waited < LONGEST_MILLIS; waited += STEP_MILLIS) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(STEP_MILLIS);
        }
        throw new AssertionError("Waited in vain until " + what);
    }
}
