package allmende.engine.table;

import java.util.List;

/** Where resources come from, page by page. Not for several threads. */
@FunctionalInterface
public interface ResourceSource {

    /**
     * The next resources as JSON in UTF-8; none when there are no more.
     *
     * @throws SourceUnreadable if a file can't be read
     */
    List<byte[]> next();
}
