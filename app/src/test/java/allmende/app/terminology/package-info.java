/** Proves the doors of terminology over HTTP. */
@NullMarked
package allmende.app.terminology;

import org.jspecify.annotations.NullMarked;
