/** What a data selection (CRTDL) asks for: groups of resources, their fields, filters and links. Pure. */
@NullMarked
package allmende.core.extraction;

import org.jspecify.annotations.NullMarked;
