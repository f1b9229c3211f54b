/**
 * What a site does for whom, by its own file.
 */
@NullMarked
package allmende.app.federation.policy;

import org.jspecify.annotations.NullMarked;
