/** Proves the importers over small files in the publishers' layouts; what they hold is made up. */
@NullMarked
package allmende.engine.terminology.importing;

import org.jspecify.annotations.NullMarked;
