package allmende.app.federation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each reason for which a message is not believed, with real signatures. */
final class MessageCheckTest {

    private static final PartyId PORTAL = new PartyId("portal");
    private static final PartyId KIEL = new PartyId("kiel");
    private static final PartyId ULM = new PartyId("ulm");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SigningKey KIEL_KEY = Es256.generate();

    private final Map<String, Standing> book = new HashMap<>(
            Map.of(KIEL_KEY.publicKey().thumbprint(), new Standing.Trusted(KIEL, KIEL_KEY.publicKey(), null)));
    private final MessageCheck check = new MessageCheck(PORTAL, key -> book.getOrDefault(key, new Standing.Unknown()));

    private static Envelope message(SigningKey key, PartyId from, PartyId to, Instant at) {
        Claims claims =
                new Claims("m1", from, to, Act.ANSWER, TaskKind.FEASIBILITY, "t1", 7, 6, at, Claims.hash("body"));
        return Envelope.seal(key, claims, "body");
    }

    private Rejection reason(String jws) {
        return switch (check.message(jws, NOW)) {
            case Checked.Good<Claims> good -> null;
            case Checked.Bad<Claims>(Rejection rejection) -> rejection;
        };
    }

    @Test
    void believesWhatTheRightPartySigned() {
        Envelope envelope = message(KIEL_KEY, KIEL, PORTAL, NOW);
        assertThat(check.message(envelope.jws(), NOW)).isInstanceOfSatisfying(Checked.Good.class, good -> {
            Claims claims = (Claims) good.content();
            assertThat(claims.number()).isEqualTo(7);
            assertThat(claims.covers("body")).isTrue();
            assertThat(claims.covers("Body")).isFalse();
        });
    }

    @Test
    void toleratesClocksUpToTheAllowanceAndNoFurther() {
        Instant early = NOW.minus(MessageCheck.CLOCK_ALLOWANCE);
        Instant late = NOW.plus(MessageCheck.CLOCK_ALLOWANCE);
        assertThat(reason(message(KIEL_KEY, KIEL, PORTAL, early).jws())).isNull();
        assertThat(reason(message(KIEL_KEY, KIEL, PORTAL, late).jws())).isNull();
        assertThat(reason(message(KIEL_KEY, KIEL, PORTAL, early.minusMillis(1)).jws()))
                .isEqualTo(Rejection.STALE);
        assertThat(reason(message(KIEL_KEY, KIEL, PORTAL, late.plusMillis(1)).jws()))
                .isEqualTo(Rejection.STALE);
    }

    @Test
    void refusesForeignNamesWrongRecipientsAndStrangers() {
        assertThat(reason(message(KIEL_KEY, ULM, PORTAL, NOW).jws())).isEqualTo(Rejection.FOREIGN_NAME);
        assertThat(reason(message(KIEL_KEY, KIEL, ULM, NOW).jws())).isEqualTo(Rejection.WRONG_RECIPIENT);
        assertThat(reason(message(Es256.generate(), KIEL, PORTAL, NOW).jws())).isEqualTo(Rejection.UNKNOWN_KEY);
        book.put(KIEL_KEY.publicKey().thumbprint(), new Standing.Revoked());
        assertThat(reason(message(KIEL_KEY, KIEL, PORTAL, NOW).jws())).isEqualTo(Rejection.REVOKED_KEY);
    }

    @Test
    void refusesWhatWasAlteredAnywhere() {
        String jws = message(KIEL_KEY, KIEL, PORTAL, NOW).jws();
        String[] parts = jws.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("\"number\":7", "\"number\":8").getBytes(StandardCharsets.UTF_8));
        assertThat(reason(parts[0] + "." + forged + "." + parts[2])).isEqualTo(Rejection.ALTERED);
        assertThat(reason(parts[0] + "." + parts[1] + ".")).isEqualTo(Rejection.ALTERED);
    }

    @Test
    void refusesSignaturesThatNameNoOrAnotherAlgorithm() {
        String[] parts = message(KIEL_KEY, KIEL, PORTAL, NOW).jws().split("\\.");
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        for (String algorithm : new String[] {"none", "HS256", "ES384", ""}) {
            String changed = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(header.replace("ES256", algorithm).getBytes(StandardCharsets.UTF_8));
            assertThat(reason(changed + "." + parts[1] + "." + parts[2])).isEqualTo(Rejection.ALTERED);
        }
    }

    @Test
    void aStatementForOnePurposeDoesNotPassForAnother() {
        String call = new Call(KIEL, PORTAL, 0, 0, false, "run", 1, NOW).seal(KIEL_KEY);
        assertThat(check.call(call, NOW)).isInstanceOf(Checked.Good.class);
        assertThat(reason(call)).isEqualTo(Rejection.MALFORMED);
        assertThat(reason("no.jws")).isEqualTo(Rejection.MALFORMED);
        assertThat(reason("x".repeat(Jws.MAX_CHARACTERS + 1))).isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void aRequestToTakePartIsSignedByTheKeyThatItBrings() {
        var profile = new Application.Profile("Kiel", null);
        String jws = Application.seal(KIEL_KEY, KIEL, PORTAL, profile, NOW);
        assertThat(Application.read(jws, PORTAL, Es256::read, NOW)).hasValueSatisfying(read -> {
            assertThat(read.party()).isEqualTo(KIEL);
            assertThat(read.key().thumbprint()).isEqualTo(KIEL_KEY.publicKey().thumbprint());
        });
        assertThat(Application.read(jws, ULM, Es256::read, NOW)).isEmpty();
        assertThat(Application.read(jws, PORTAL, Es256::read, NOW.plusSeconds(3600)))
                .isEmpty();
        String stolen = Application.seal(Es256.generate(), KIEL, PORTAL, profile, NOW);
        String mixed = stolen.substring(0, stolen.indexOf('.')) + jws.substring(jws.indexOf('.'));
        assertThat(Application.read(mixed, PORTAL, Es256::read, NOW)).isEmpty();
    }

    @Test
    void fingerprintsAreSixGroupsWithoutLookAlikes() {
        String fingerprint = Fingerprint.of(KIEL_KEY.publicKey());
        assertThat(fingerprint).matches("([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}");
        assertThat(Fingerprint.matches(
                        fingerprint.toLowerCase(java.util.Locale.ROOT).replace('-', ' '), fingerprint))
                .isTrue();
        assertThat(Fingerprint.matches("", fingerprint)).isFalse();
        assertThat(Fingerprint.of(Es256.generate().publicKey())).isNotEqualTo(fingerprint);
    }
}
