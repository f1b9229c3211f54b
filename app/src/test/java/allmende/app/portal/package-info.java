/** Tests of the package of the same name. */
@NullMarked
package allmende.app.portal;

import org.jspecify.annotations.NullMarked;
