/**
 * Keys, signatures and who is believed: what makes a message a message of a party.
 */
@NullMarked
package allmende.app.federation.trust;

import org.jspecify.annotations.NullMarked;
