package allmende.engine.load;

import allmende.engine.store.Quarantine;
import allmende.engine.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings pieces out of quarantine through the pipeline again. */
final class Retry {

    private static final int LIST_PAGE = 1_000;
    private static final int SMALL_BYTES = 1 << 16;

    private final Store store;
    private final Limits limits;
    private final LoadProgress progress;

    Retry(Store store, Limits limits, LoadProgress progress) {
        this.store = store;
        this.limits = limits;
        this.progress = progress;
    }

    RetryReport runAll() {
        List<Long> ids = new ArrayList<>();
        List<Quarantine.Entry> page = store.quarantine().list(0, LIST_PAGE);
        while (!page.isEmpty()) {
            page.forEach(entry -> ids.add(entry.id()));
            page = store.quarantine().list(ids.getLast(), LIST_PAGE);
        }
        return run(ids);
    }

    RetryReport run(Collection<Long> ids) {
        Map<Long, Input> inputs = new LinkedHashMap<>();
        long unknown = 0;
        long bytes = 0;
        for (Long id : ids) {
            Optional<Quarantine.Entry> entry = store.quarantine().find(id);
            if (entry.isEmpty()) {
                unknown++;
            } else if (inputs.putIfAbsent(id, input(entry.get())) == null) {
                bytes += entry.get().bytes();
            }
        }
        progress.total(bytes);
        Tally tally = new LoadRun(store, limits, progress).run(List.copyOf(inputs.values()));
        long remaining = 0;
        for (Map.Entry<Long, Input> retried : inputs.entrySet()) {
            if (tally.stays(retried.getValue())) {
                remaining++;
            } else {
                store.quarantine().remove(retried.getKey());
            }
        }
        LoadReport load = tally.report(store.currentT(), List.of());
        return new RetryReport(inputs.size(), inputs.size() - remaining, remaining, unknown, load);
    }

    private Input input(Quarantine.Entry entry) {
        boolean line = entry.entry().startsWith("line ") && !entry.entry().contains(",");
        Input.Form form = line ? Input.Form.LINE : Input.Form.PIECE;
        return new Input(entry.source(), entry.entry(), form, () -> open(entry), entry.bytes());
    }

    private java.io.InputStream open(Quarantine.Entry entry) throws IOException {
        if (entry.bytes() <= SMALL_BYTES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) entry.bytes());
            store.quarantine().copyBytes(entry.id(), bytes);
            return new ByteArrayInputStream(bytes.toByteArray());
        }
        Path copy = Files.createTempFile("allmende-retry-", ".bin");
        try (OutputStream out = Files.newOutputStream(copy)) {
            store.quarantine().copyBytes(entry.id(), out);
        }
        return Files.newInputStream(copy, java.nio.file.StandardOpenOption.DELETE_ON_CLOSE);
    }
}
