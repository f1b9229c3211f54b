/** Proves against a server in the process what is asked of an external terminology server, and what when it is away. */
@NullMarked
package allmende.engine.terminology.remote;

import org.jspecify.annotations.NullMarked;
