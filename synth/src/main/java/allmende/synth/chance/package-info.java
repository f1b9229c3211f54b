/** Reproducible chance: the only source of randomness in the synthetic hospital. */
@NullMarked
package allmende.synth.chance;

import org.jspecify.annotations.NullMarked;
