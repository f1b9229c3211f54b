/** SHA-256 and its keyed form, which every Java platform has. */
@NullMarked
package allmende.core.digest;

import org.jspecify.annotations.NullMarked;
