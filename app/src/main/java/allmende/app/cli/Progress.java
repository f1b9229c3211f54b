package allmende.app.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a long work proceeds: a bar with remaining time where a person watches, else a line now and then. Steps may
 * be another thing than what is counted: bytes are known before, resources are what interests.
 */
final class Progress implements AutoCloseable {

    private static final int BAR_INTERVAL_MILLIS = 200;
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int HUNDRED = 100;

    private final String name;
    private final Console console;
    private final @Nullable ProgressBar bar;
    private final LongAdder steps = new LongAdder();
    private final LongAdder counted = new LongAdder();
    private final long start = System.nanoTime();
    private volatile long total;
    private volatile long nextLine = start + LINE_INTERVAL.toNanos();

    private Progress(String name, Console console, @Nullable ProgressBar bar) {
        this.name = name;
        this.console = console;
        this.bar = bar;
    }

    /** @param unit what is counted, in the plural */
    static Progress of(String name, String unit, Console console) {
        if (!console.terminal()) {
            return new Progress(name, console, null);
        }
        Progress[] self = new Progress[1];
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(BAR_INTERVAL_MILLIS)
                .hideEta()
                .continuousUpdate()
                .setConsumer(new DelegatingProgressBarConsumer(line -> {
                    Progress progress = self[0];
                    String tail = progress == null ? "" : " " + progress.rate() + " " + unit + "/s" + progress.eta();
                    console.err().print("\r" + line.stripTrailing() + tail + "\u001b[K");
                    console.err().flush();
                }))
                .build();
        Progress progress = new Progress(name, console, bar);
        self[0] = progress;
        return progress;
    }

    /** How many steps there are. */
    void total(long newTotal) {
        total = newTotal;
        if (bar != null) {
            bar.maxHint(newTotal);
        }
    }

    /** So many steps, in which so many things were done. */
    void advanced(long newSteps, long newCounted) {
        steps.add(newSteps);
        counted.add(newCounted);
        if (bar != null) {
            bar.stepBy(newSteps);
        } else if (System.nanoTime() > nextLine) {
            line();
        }
    }

    private synchronized void line() {
        long now = System.nanoTime();
        if (now <= nextLine) {
            return;
        }
        nextLine = now + LINE_INTERVAL.toNanos();
        String share = total > 0 ? Math.min(HUNDRED, HUNDRED * steps.sum() / total) + " %, " : "";
        console.tell(name + ": " + share + String.format(Locale.ROOT, "%,d", counted.sum()) + " so far, " + rate()
                + "/s" + eta());
    }

    /** Things done until now. */
    long counted() {
        return counted.sum();
    }

    /** Time since the beginning. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private String rate() {
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        return String.format(Locale.ROOT, "%,d", Math.round(counted.sum() / Math.max(seconds, 0.001)));
    }

    private String eta() {
        long done = steps.sum();
        if (done == 0 || total <= done) {
            return "";
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        return ", " + Text.duration(Duration.ofSeconds((long) Math.ceil(seconds * (total - done) / done))) + " left";
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            console.err().println();
            console.err().flush();
        }
    }
}
