/** Tests of what the benchmarks measure. */
@NullMarked
package allmende.bench;

import org.jspecify.annotations.NullMarked;
