/** Tests of the chains of the audit. */
@NullMarked
package allmende.app.audit;

import org.jspecify.annotations.NullMarked;
