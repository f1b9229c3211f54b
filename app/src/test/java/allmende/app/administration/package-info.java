/** Drives the pages about people and parties, in a browser and without one. */
@NullMarked
package allmende.app.administration;

import org.jspecify.annotations.NullMarked;
