package allmende.app.extraction;

import allmende.core.extraction.Deidentification;
import allmende.engine.extract.ExtractReport;
import allmende.engine.extract.ExtractSink;
import java.io.IOException;
import java.nio.file.Path;

/** Where extractions go and in which shape; a bean per kind. Asked again after a restart, with the same order and folder. */
public interface Destination {

    /** Names it in orders; stable. */
    String name();

    /** The last step of the pipeline. */
    Deidentification deidentification(ExtractionOrder order);

    /** Takes what is extracted; the folder is there, and holds what earlier runs of the job left. */
    Delivering open(Path folder, ExtractionOrder order) throws IOException;

    /** A sink that hears of the end. */
    interface Delivering extends ExtractSink {

        /** All batches are there. Called again where the server stopped in the middle of it. */
        void finish(ExtractReport report) throws IOException;
    }
}
