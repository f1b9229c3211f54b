package allmende.app.bulk;

import allmende.core.fhir.MetaSplice;
import allmende.core.view.View;
import allmende.engine.search.Search;
import allmende.engine.store.BulkRead.Stretch;
import allmende.engine.store.Store;
import allmende.engine.table.CellFault;
import allmende.engine.table.TableFormat;
import allmende.engine.table.TableSink;
import allmende.engine.table.Tabulation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;

/** Writes the files of jobs. */
final class PartWriter {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final long STOPPED = -1;

    private final ObjectProvider<Search> search;

    PartWriter(ObjectProvider<Search> search) {
        this.search = search;
    }

    /** What was asked for can't be written. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unfit(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Ends a reading that nobody wants any more. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped");
        }
    }

    /**
     * Writes a part.
     *
     * @return how many resources or rows it holds; negative where the job was stopped meanwhile
     * @throws Unfit if a resource does not fit a view
     */
    long write(RunningJob job, int part, Store store) throws IOException {
        Path file = job.folder().part(part);
        try {
            return switch (job.job().parts().get(part)) {
                case Job.Part.Resources(Stretch stretch) -> resources(job, stretch, store, file);
                case Job.Part.Filtered filtered -> filtered(job, filtered, store, file);
                case Job.Part.Table table -> table(job, table, store, file);
            };
        } catch (Stopped stopped) {
            return STOPPED;
        }
    }

    private static long resources(RunningJob job, Stretch stretch, Store store, Path file) throws IOException {
        MetaSplice splice = new MetaSplice();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            return store.bulk().read(stretch, job.job().selection(), (version, at, body) -> {
                if (job.isStopped()) {
                    throw new Stopped();
                }
                splice.write(body, version, at, out);
                out.write('\n');
            });
        }
    }

    private long filtered(RunningJob job, Job.Part.Filtered part, Store store, Path file) throws IOException {
        Search there = search.getIfAvailable();
        if (there == null) {
            throw new Unfit("_typeFilter is not carried out here.");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            return new FilteredReading(there, store, job).write(part, out);
        }
    }

    private static long table(RunningJob job, Job.Part.Table table, Store store, Path file) throws IOException {
        View view = Views.compiled(table.view());
        TableFormat format = TableFormat.valueOf(table.format().toUpperCase(Locale.ROOT));
        try (TableSink sink = format.to(file, view.columns())) {
            Tabulation.Outcome outcome = new Tabulation(view, false, 1)
                    .run(new SelectedSource(store, view.resource(), job.job().selection()), sink, done -> {
                        if (job.isStopped()) {
                            Thread.currentThread().interrupt();
                        }
                    });
            return switch (outcome) {
                case Tabulation.Outcome.Done done -> done.rows();
                case Tabulation.Outcome.Unfit(long place, String reason) ->
                    throw new Unfit("The resource at place " + place + " does not fit the view " + table.name() + ". "
                            + reason);
            };
        } catch (CellFault fault) {
            throw new Unfit(fault.reason());
        } catch (InterruptedException stopped) {
            if (job.isStopped()) {
                throw new Stopped();
            }
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
