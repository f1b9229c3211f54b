package allmende.app.fhirapi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Searches asked for from inside a batch or transaction. Where there is no such bean, they are refused. */
public interface SearchInteraction {

    /**
     * The searchset, or what the operation returns, as JSON.
     *
     * @param base address of this FHIR server
     * @param path {@code Patient}, {@code Patient/1/Observation}, {@code Patient/1/$everything}; empty for a search over
     *     all types
     * @param query as in an address; null for none
     * @throws FhirProblem if it is refused
     */
    byte[] search(String base, String path, @Nullable String query) throws IOException;
}
