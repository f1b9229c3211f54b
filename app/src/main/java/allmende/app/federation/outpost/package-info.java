/**
 * A site's caller: the long poll, the sender and the worker, over HTTP with TLS, proxy and back-off.
 */
@NullMarked
package allmende.app.federation.outpost;

import org.jspecify.annotations.NullMarked;
