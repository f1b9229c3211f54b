package allmende.app.federation.policy;

import allmende.app.federation.IncomingTask;
import allmende.app.federation.Refusal;
import allmende.app.federation.exchange.Gatekeeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A site's policy in its file. The file is looked at before each decision and read again when it has changed; while it has
 * problems, the last good version stays in force, and before there was one, everything is refused.
 */
public final class PolicyFile implements Gatekeeper {

    private static final String INITIAL = """
            {
              "about": [
                "What this site does for whom. Changes take effect at once; see docs/implementation/federation.md.",
                "rules: the first rule that fits a task decides, a task that none fits is refused.",
                "release: automatic (at once), click (a person at the site decides), never.",
                "from: names of portals; roles: roles of requesters, for example RESEARCHER. * fits all.",
                "rates: how many tasks of each asker are let through; perMinute come back by themselves.",
                "featuresOff: query features that this site does not offer, for example AT_LEAST, POSITION, WITHIN."
              ],
              "paused": false,
              "rules": [
                {"kind": "feasibility", "from": ["*"], "roles": ["*"], "release": "automatic"}
              ],
              "rates": [
                {"kind": "feasibility", "from": ["*"], "perMinute": 60, "burst": 120}
              ],
              "featuresOff": []
            }
            """;

    private static final SitePolicy NOTHING = new SitePolicy(false, List.of(), List.of(), Set.of());

    /** Askers counted at once; a portal is one asker, so this is never reached by honest ones. */
    private static final int BUCKETS_MAX = 1_000;

    private final Path file;
    private final InstantSource clock;
    private final Map<Bucket, TokenBucket> buckets = new HashMap<>();
    private @Nullable Stamp stamp;
    private SitePolicy policy = NOTHING;
    private List<String> problems = List.of();

    private record Stamp(FileTime changed, long size) {}

    private record Bucket(SitePolicy.Rate rate, String asker) {}

    /** The policy in this file, which is made with the defaults if there is none. */
    public PolicyFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        try {
            if (!Files.exists(file)) {
                if (file.getParent() != null) {
                    Files.createDirectories(file.getParent());
                }
                Files.writeString(file, INITIAL, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException e) {
            problems = List.of("The file " + file + " can't be written.");
        }
        refresh();
    }

    @Override
    public synchronized Verdict decide(IncomingTask task, String role) {
        refresh();
        if (policy.paused()) {
            return new Verdict.Refuse(Refusal.PAUSED);
        }
        SitePolicy.Release release = policy.rules().stream()
                .filter(rule -> rule.fits(task.kind(), task.from(), role))
                .findFirst()
                .map(SitePolicy.Rule::release)
                .orElse(SitePolicy.Release.NEVER);
        if (release == SitePolicy.Release.NEVER) {
            return new Verdict.Refuse(Refusal.POLICY);
        }
        if (!withinRates(task)) {
            return new Verdict.Refuse(Refusal.RATE);
        }
        return release == SitePolicy.Release.CLICK ? new Verdict.Click() : new Verdict.Automatic();
    }

    private boolean withinRates(IncomingTask task) {
        Instant now = clock.instant();
        boolean within = true;
        for (SitePolicy.Rate rate : policy.rates()) {
            if (rate.fits(task.kind(), task.from())) {
                if (buckets.size() >= BUCKETS_MAX) {
                    buckets.clear();
                }
                within &= buckets.computeIfAbsent(
                                new Bucket(rate, task.from().value()),
                                key -> new TokenBucket(rate.burst(), rate.perMinute(), now))
                        .take(now);
            }
        }
        return within;
    }

    private void refresh() {
        try {
            Stamp now = new Stamp(Files.getLastModifiedTime(file), Files.size(file));
            if (now.equals(stamp)) {
                return;
            }
            PolicyReader.Read read = PolicyReader.read(Files.readString(file, StandardCharsets.UTF_8));
            stamp = now;
            problems = read.problems();
            if (read.policy() != null) {
                policy = read.policy();
            }
        } catch (IOException e) {
            stamp = null;
            problems = List.of("The file " + file + " can't be read.");
        }
    }

    /** What is wrong with the file, as sentences; the last good version is in force. */
    public synchronized List<String> problems() {
        refresh();
        return problems;
    }

    /** Whether the file says that all tasks are refused. */
    public synchronized boolean isPaused() {
        refresh();
        return policy.paused();
    }

    /** Names of query features that the site does not offer. */
    public synchronized Set<String> featuresOff() {
        refresh();
        return policy.featuresOff();
    }
}
