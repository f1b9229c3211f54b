/** Tests of the forms of pseudonyms. */
@NullMarked
package allmende.core.deident.pseudonym;

import org.jspecify.annotations.NullMarked;
