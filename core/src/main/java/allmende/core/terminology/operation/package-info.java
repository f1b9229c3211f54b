/**
 * What can be asked of code systems, value sets and concept maps: look-up, subsumption, validation, expansion and
 * translation, over code systems in a compact form that is read where it lies.
 */
@NullMarked
package allmende.core.terminology.operation;

import org.jspecify.annotations.NullMarked;
