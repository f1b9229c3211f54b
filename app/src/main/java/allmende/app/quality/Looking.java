package allmende.app.quality;

import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Store;
import java.util.List;

/** One way to look at resources. */
interface Looking {

    /** Name of the stream. */
    String stream();

    /** Changes when all must be looked at again. */
    String fingerprint();

    /** How many resources to look at between two commits. */
    int chunk();

    /** Before resources that are gone are forgotten. Returns those to look at again. */
    List<Long> before(List<Change> gone);

    /** Looks at resources that are there, none of them deleted. */
    List<Looked> look(List<Change> changes, Store store);

    /** After what was found is kept; may act on it. Returns resources to look at again. */
    List<Long> after(List<Looked> looked, Store store);
}
