/** Whether keys stay, stay secret, and can be replaced. */
@NullMarked
package allmende.app.keys;

import org.jspecify.annotations.NullMarked;
