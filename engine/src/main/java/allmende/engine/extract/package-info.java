/**
 * Carries out data selections: reads what a cohort's patients have at one snapshot, in batches of patients, and hands out
 * what consent and the selection allow. Resumable, cancellable, of bounded memory.
 */
@NullMarked
package allmende.engine.extract;

import org.jspecify.annotations.NullMarked;
