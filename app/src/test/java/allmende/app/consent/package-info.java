/** The consent explorer as a page and as a command. */
@NullMarked
package allmende.app.consent;

import org.jspecify.annotations.NullMarked;
