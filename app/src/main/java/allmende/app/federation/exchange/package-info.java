/**
 * The protocol as state machines over a store: numbered messages, each taken exactly once, whatever is lost, doubled or restarted.
 */
@NullMarked
package allmende.app.federation.exchange;

import org.jspecify.annotations.NullMarked;
