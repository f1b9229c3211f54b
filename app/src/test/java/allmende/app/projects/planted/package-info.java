/** Classes that break the rules of the gate on purpose: a check that does not find them is none. */
@NullMarked
package allmende.app.projects.planted;

import org.jspecify.annotations.NullMarked;
