/**
 * De-identification: what of a resource leaves, and in which form. Nothing leaves that no rule lets out. Rules are read and
 * compiled into one graph per resource type, which a resource is walked along once.
 */
@NullMarked
package allmende.core.deident;

import org.jspecify.annotations.NullMarked;
