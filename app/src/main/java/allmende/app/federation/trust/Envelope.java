package allmende.app.federation.trust;

/**
 * A message on its way.
 *
 * @param jws the signed claims in JWS compact form; they hold the body's hash
 * @param body the body, FHIR JSON, exactly as signed
 */
public record Envelope(String jws, String body) {

    /** Signs a message. */
    public static Envelope seal(SigningKey key, Claims claims, String body) {
        return new Envelope(Jws.sign(key, Jws.Use.MESSAGE, claims.write()), body);
    }
}
