/** Tests of documents. */
@NullMarked
package allmende.core.document;

import org.jspecify.annotations.NullMarked;
