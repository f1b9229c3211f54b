/** Proves that the search finds what people mean, and that its pages can be used by everybody. */
@NullMarked
package allmende.app.concepts;

import org.jspecify.annotations.NullMarked;
