/**
 * A portal's endpoints and service: open polls, enrolment, questions out, answers in.
 */
@NullMarked
package allmende.app.federation.hub;

import org.jspecify.annotations.NullMarked;
