/** A compiled subset of FHIRPath over JSON: names elements of resources in catalogues and views. */
@NullMarked
package allmende.core.path;

import org.jspecify.annotations.NullMarked;
