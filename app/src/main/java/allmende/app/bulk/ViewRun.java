package allmende.app.bulk;

import allmende.app.audit.Access;
import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.view.View;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.Store;
import allmende.engine.table.CellFault;
import allmende.engine.table.ResourceSource;
import allmende.engine.table.TableSink;
import allmende.engine.table.Tabulation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs a view for one who waits for it: the table goes out while it is made. */
final class ViewRun {

    private static final int WORKERS = 2;
    private static final int BUFFER_BYTES = 1 << 16;

    private final KickOff kickOff;

    ViewRun(KickOff kickOff) {
        this.kickOff = kickOff;
    }

    void run(JsonNode definition, Asked asked, @Nullable String accept, HttpServletResponse response)
            throws IOException, InterruptedException {
        View view = Views.compiled(definition);
        ViewFormat format = ViewFormat.of(asked.text("_format"), accept);
        Limited limited = new Limited(limit(asked));
        List<JsonNode> inline = asked.all("resource");
        ResourceSource source = inline.isEmpty() ? stored(view, asked, limited) : sent(inline, view.resource());
        response.setBufferSize(BUFFER_BYTES);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(format.mediaType());
        if (format == ViewFormat.PARQUET) {
            parquet(view, source, limited, response);
            return;
        }
        OutputStream out = response.getOutputStream();
        JsonArray array = format == ViewFormat.JSON ? new JsonArray(out) : null;
        try (TableSink sink = format.table().to(array == null ? out : array, view.columns())) {
            fill(view, source, limited.around(sink));
        }
        if (array != null) {
            array.end();
        }
    }

    private ResourceSource stored(View view, Asked asked, Limited limited) {
        kickOff.requireType(view.resource());
        kickOff.watch().requireEverybody();
        Store store = kickOff.store();
        Set<Integer> patients = new Patients(store).of(asked.references("patient"), asked.references("group"));
        Selection selection = kickOff.selection(asked, false, patients);
        kickOff.watch()
                .told(kickOff.watch()
                        .by(Access.Action.OPERATION)
                        .on("run", null)
                        .asking(asked.names())
                        .of(Access.Patients.ALL)
                        .at(selection.t()));
        return new SelectedSource(store, view.resource(), selection, limited::isFull);
    }

    private static ResourceSource sent(List<JsonNode> resources, String type) {
        List<byte[]> bodies = new ArrayList<>();
        for (JsonNode resource : resources) {
            if (resource.path("resourceType").asString("").equals(type)) {
                bodies.add(FhirJson.write(resource));
            }
        }
        List<List<byte[]>> pages = new ArrayList<>(List.of(bodies));
        return () -> pages.isEmpty() ? List.of() : pages.removeLast();
    }

    private static long limit(Asked asked) {
        String limit = asked.text("_limit");
        if (limit == null) {
            return Long.MAX_VALUE;
        }
        if (!limit.matches("[1-9][0-9]{0,17}")) {
            throw FhirProblem.of(400, "value", "_limit is a positive whole number.", "_limit");
        }
        return Long.parseLong(limit);
    }

    private static void parquet(View view, ResourceSource source, Limited limited, HttpServletResponse response)
            throws IOException, InterruptedException {
        Path file = Files.createTempDirectory("allmende-table").resolve("table.parquet");
        try {
            try (TableSink sink = ViewFormat.PARQUET.table().to(file, view.columns())) {
                fill(view, source, limited.around(sink));
            }
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }

    private static void fill(View view, ResourceSource source, TableSink sink) throws InterruptedException {
        try {
            Tabulation.Outcome outcome = new Tabulation(view, false, WORKERS).run(source, sink, done -> {});
            if (outcome instanceof Tabulation.Outcome.Unfit(long place, String reason)) {
                throw FhirProblem.of(
                        422, "processing", "The resource at place " + place + " does not fit the view. " + reason);
            }
        } catch (CellFault fault) {
            throw FhirProblem.of(422, "processing", fault.reason());
        }
    }

    /** Lets so many rows through. */
    private static final class Limited {
        private final long max;
        private final AtomicLong rows = new AtomicLong();

        Limited(long max) {
            this.max = max;
        }

        boolean isFull() {
            return rows.get() >= max;
        }

        TableSink around(TableSink sink) {
            return new TableSink() {
                @Override
                public void row(@Nullable Object[] cells) {
                    if (rows.getAndIncrement() < max) {
                        sink.row(cells);
                    }
                }

                @Override
                public void finish() {
                    sink.finish();
                }

                @Override
                public void close() {
                    sink.close();
                }
            };
        }
    }

    /** Makes one JSON array of lines of JSON. */
    private static final class JsonArray extends OutputStream {
        private final OutputStream out;
        private boolean begun;
        private boolean atLineEnd;

        JsonArray(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            if (!begun) {
                out.write('[');
                begun = true;
            }
            if (b == '\n') {
                atLineEnd = true;
                return;
            }
            if (atLineEnd) {
                out.write(',');
                atLineEnd = false;
            }
            out.write(b);
        }

        void end() throws IOException {
            if (!begun) {
                out.write('[');
            }
            out.write(']');
        }
    }
}
