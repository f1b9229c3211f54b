/** Brings the code systems that the program ships or that an operator installs into memory. */
@NullMarked
package allmende.engine.terminology;

import org.jspecify.annotations.NullMarked;
