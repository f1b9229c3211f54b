/** Tests of what a party is set to. */
@NullMarked
package allmende.app.site;

import org.jspecify.annotations.NullMarked;
