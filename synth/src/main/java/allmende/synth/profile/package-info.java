/** What makes one invented hospital differ from another. */
@NullMarked
package allmende.synth.profile;

import org.jspecify.annotations.NullMarked;
