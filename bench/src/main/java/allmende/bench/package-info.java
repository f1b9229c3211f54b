/**
 * Whole-job benchmarks: loading, counting a million patients in a cold process, the same questions by plain SQL over
 * JSONB, readiness after restart. Each run is a Java process of its own; figures are medians.
 */
@NullMarked
package allmende.bench;

import org.jspecify.annotations.NullMarked;
