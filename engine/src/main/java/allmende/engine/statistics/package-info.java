/** True numbers about all of a site's data, of which the release gate makes what the site publishes. */
@NullMarked
package allmende.engine.statistics;

import org.jspecify.annotations.NullMarked;
