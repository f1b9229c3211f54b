/** Who the synthetic patients are: names, addresses, insurance numbers. */
@NullMarked
package allmende.synth.person;

import org.jspecify.annotations.NullMarked;
