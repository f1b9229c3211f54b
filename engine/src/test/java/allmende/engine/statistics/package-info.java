/** Tests of the statistics that sites publish. */
@NullMarked
package allmende.engine.statistics;

import org.jspecify.annotations.NullMarked;
