/** Cohorts and funnels over the index: a criterion becomes a bitmap of patients; and, or, not are bitmap algebra. */
@NullMarked
package allmende.engine.count;

import org.jspecify.annotations.NullMarked;
