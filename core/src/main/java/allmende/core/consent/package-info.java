/**
 * Broad consent: what a patient permits on a day and which data that covers, by the order in which the patient declared.
 * Pure: the same rules count, extract and explain. docs/implementation/consent.md has every rule in words.
 */
@NullMarked
package allmende.core.consent;

import org.jspecify.annotations.NullMarked;
