package allmende.synth.person;

/**
 * Where people live: a town with one of its postal codes.
 *
 * @param postalCode five digits
 * @param city name of the town
 * @param weight how many of the hospital's patients come from there, relative to the others
 */
record Place(String postalCode, String city, int weight) {}
