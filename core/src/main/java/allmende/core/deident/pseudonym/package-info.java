/** What pseudonyms look like: alphabets, lengths, prefixes and check digits, and how one is drawn. */
@NullMarked
package allmende.core.deident.pseudonym;

import org.jspecify.annotations.NullMarked;
