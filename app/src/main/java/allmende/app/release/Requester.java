package allmende.app.release;

/**
 * Who asks.
 *
 * @param portal the portal through which the question came
 * @param pseudonym the person, as that portal calls them towards sites; whatever the portal says is believed, which is
 *     why the portal has a budget of its own
 */
public record Requester(String portal, String pseudonym) {

    private static final int LONGEST = 200;

    public Requester {
        if (portal.isBlank() || portal.length() > LONGEST || pseudonym.isBlank() || pseudonym.length() > LONGEST) {
            throw new IllegalArgumentException("a requester has a portal and a pseudonym of at most 200 characters");
        }
    }
}
