/** Validation and checks over real and small data. */
@NullMarked
package allmende.app.quality;

import org.jspecify.annotations.NullMarked;
