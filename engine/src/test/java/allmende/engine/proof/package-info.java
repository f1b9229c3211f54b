/**
 * Proof that counts are right: a naive evaluator reads resources one by one and shares nothing with the index but the
 * query, the catalogue's declarations and the day; generated and hand-written cases run on both and must agree.
 */
@NullMarked
package allmende.engine.proof;

import org.jspecify.annotations.NullMarked;
