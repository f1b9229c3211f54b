/** Tests of what is said about queries. */
@NullMarked
package allmende.core.explain;

import org.jspecify.annotations.NullMarked;
