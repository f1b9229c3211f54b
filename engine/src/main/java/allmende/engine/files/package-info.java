/** Folders as wholes: to remove, to list, to get onto the disk. */
@NullMarked
package allmende.engine.files;

import org.jspecify.annotations.NullMarked;
