/** Tables out of a store or files: runs views over resources and writes CSV, NDJSON and Parquet. */
@NullMarked
package allmende.engine.table;

import org.jspecify.annotations.NullMarked;
