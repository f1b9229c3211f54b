/** Sentences in German and English, kept in files that people who do not program can edit. */
@NullMarked
package allmende.core.phrase;

import org.jspecify.annotations.NullMarked;
