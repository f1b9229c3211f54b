/**
 * What may leave a site: small counts, noise, privacy budgets, the gate between unreleased and released results, and the
 * portal's rules on top of them.
 */
@NullMarked
package allmende.core.disclosure;

import org.jspecify.annotations.NullMarked;
