/** A portal and sites put together, over real HTTP and PostgreSQL. */
@NullMarked
package allmende.app.federation.setup;

import org.jspecify.annotations.NullMarked;
