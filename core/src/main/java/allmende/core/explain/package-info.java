/**
 * Says in words what a query asks: as a sentence, as CQL and SQL for reading, and as a review of typical mistakes.
 * docs/implementation/plain-language.md says how.
 */
@NullMarked
package allmende.core.explain;

import org.jspecify.annotations.NullMarked;
