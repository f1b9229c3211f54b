/** What happens to a patient: diseases, contacts, measurements, treatment and death, in the order of time. */
@NullMarked
package allmende.synth.life;

import org.jspecify.annotations.NullMarked;
