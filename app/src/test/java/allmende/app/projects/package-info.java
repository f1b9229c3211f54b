/** Tests of data use projects, from the request to the deletion after a withdrawal. */
@NullMarked
package allmende.app.projects;

import org.jspecify.annotations.NullMarked;
