/** Tests of pseudonyms: the service, its doors, its pages, and what is left after a kill. */
@NullMarked
package allmende.app.pseudonyms;

import org.jspecify.annotations.NullMarked;
