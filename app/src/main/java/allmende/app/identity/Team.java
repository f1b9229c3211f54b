package allmende.app.identity;

/**
 * People who share their questions.
 *
 * @param id number of the team
 * @param name what its members call it
 */
public record Team(long id, String name) {}
