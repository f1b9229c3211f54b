/**
 * Keeps the repository tidy: size budgets, forbidden calls, leftovers, and documents that name only what exists. Every
 * check collects its faults; the test fails once with all of them.
 */
@NullMarked
package allmende.tidy;

import org.jspecify.annotations.NullMarked;
