/**
 * Declared knowledge of the profiles of the core data set: which fields there are, what they mean in plain words, what a
 * profile requires, and how far each field can identify a person. Read from files; pure.
 */
@NullMarked
package allmende.core.profile;

import org.jspecify.annotations.NullMarked;
