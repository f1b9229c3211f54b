/** Bulk data, asked for over HTTP. */
@NullMarked
package allmende.app.bulk;

import org.jspecify.annotations.NullMarked;
