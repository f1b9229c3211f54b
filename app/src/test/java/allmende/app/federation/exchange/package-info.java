/** The protocol under faults: a simulation of a portal and sixty sites, and its parts one by one. */
@NullMarked
package allmende.app.federation.exchange;

import org.jspecify.annotations.NullMarked;
