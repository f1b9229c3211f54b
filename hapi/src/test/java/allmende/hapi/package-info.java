/** Small definitions and resources through snapshots, validation and XML. */
@NullMarked
package allmende.hapi;

import org.jspecify.annotations.NullMarked;
