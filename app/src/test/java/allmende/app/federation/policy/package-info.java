/** What a site lets through, whoever asks. */
@NullMarked
package allmende.app.federation.policy;

import org.jspecify.annotations.NullMarked;
