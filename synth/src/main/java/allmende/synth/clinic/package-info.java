/** What the hospital knows of diseases, laboratory tests, drugs, procedures and departments; read from resource files. */
@NullMarked
package allmende.synth.clinic;

import org.jspecify.annotations.NullMarked;
