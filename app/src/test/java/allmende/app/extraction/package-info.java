/** Tests of the doors of extraction. */
@NullMarked
package allmende.app.extraction;

import org.jspecify.annotations.NullMarked;
