package allmende.app.pseudonyms;

import static allmende.app.pseudonyms.TrustCentre.done;
import static allmende.app.pseudonyms.TrustCentre.refusal;
import static allmende.app.pseudonyms.TrustCentre.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.pseudonyms.PseudonymImport.Pair;
import allmende.core.deident.pseudonym.PseudonymForm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pairs from elsewhere: all or none, never against what is there. */
class PseudonymImportTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static String drawn() {
        return PseudonymForm.USUAL.draw(RANDOM);
    }

    private static Result<Integer> bring(String domain, Pair... pairs) {
        return service().bring(domain, new LinkedHashSet<>(List.of(pairs)), _ -> {});
    }

    private static long held(String domain) {
        return service().domain(domain).orElseThrow().held();
    }

    @Test
    void pairsAreTakenOverOnce() {
        TrustCentre.domain("bring");
        Set<Pair> pairs = new LinkedHashSet<>();
        for (int i = 0; i < 6_000; i++) {
            pairs.add(new Pair("b-" + i, drawn()));
        }
        List<Integer> told = new ArrayList<>();
        assertThat(done(service().bring("bring", pairs, told::add))).isEqualTo(6_000);
        assertThat(done(service().bring("bring", pairs, told::add))).as("again").isZero();
        assertThat(told).containsExactly(6_000, 0);
        assertThat(held("bring")).isEqualTo(6_000);
        Pair some = pairs.iterator().next();
        assertThat(done(service().create("bring", List.of(some.original()))))
                .isEqualTo(Map.of(some.original(), some.pseudonym()));
        assertThat(done(service().resolve("bring", List.of(some.pseudonym()))))
                .isEqualTo(Map.of(some.pseudonym(), some.original()));
    }

    @Test
    void collisionsKeepAllOut() {
        TrustCentre.domain("collide");
        String there = done(service().create("collide", List.of("known"))).get("known");
        assertThat(refusal(bring("collide", new Pair("new", drawn()), new Pair("known", drawn()))))
                .as("an original that has another pseudonym")
                .isEqualTo(Result.Refusal.COLLISION);
        assertThat(refusal(bring("collide", new Pair("new", drawn()), new Pair("other", there))))
                .as("a pseudonym of another original")
                .isEqualTo(Result.Refusal.COLLISION);
        String twice = drawn();
        assertThat(refusal(bring("collide", new Pair("x", twice), new Pair("y", twice))))
                .isEqualTo(Result.Refusal.COLLISION);
        assertThat(refusal(bring("collide", new Pair("x", drawn()), new Pair("x", drawn()))))
                .isEqualTo(Result.Refusal.COLLISION);
        done(service().anonymise("collide", List.of("known")));
        assertThat(refusal(bring("collide", new Pair("known", there))))
                .as("an anonymised one is nobody's again")
                .isEqualTo(Result.Refusal.COLLISION);
        assertThat(held("collide")).isEqualTo(1);
        assertThat(done(service().find("collide", List.of("new", "x", "y")))).isEmpty();
    }

    @Test
    void whatDoesNotFitTheDomain() {
        TrustCentre.domain("fit");
        TrustCentre.domain(TrustCentre.below("fit", "fit/child", true));
        assertThat(refusal(bring("fit", new Pair("a", "not of the form")))).isEqualTo(Result.Refusal.FORM);
        assertThat(refusal(bring("fit", new Pair(" ", drawn())))).isEqualTo(Result.Refusal.ORIGINAL);
        assertThat(refusal(bring("nowhere", new Pair("a", drawn())))).isEqualTo(Result.Refusal.NO_DOMAIN);
        assertThat(refusal(bring("fit/child", new Pair("a", drawn())))).isEqualTo(Result.Refusal.NOT_OF_PARENT);
        TrustCentre.domain(TrustCentre.small("fit-small"));
        Set<Pair> many = new LinkedHashSet<>();
        while (many.size() < 101) {
            many.add(new Pair(
                    "m-" + many.size(),
                    "S" + TrustCentre.small("x").form().draw(RANDOM).substring(1)));
        }
        assertThat(service().bring("fit-small", many, _ -> {})).isInstanceOf(Result.Refused.class);
        assertThat(held("fit-small")).isZero();
    }

    @Test
    void withoutTheTrailNothingIsTakenOver() {
        TrustCentre.domain("trail");
        assertThatThrownBy(() -> service().bring("trail", Set.of(new Pair("a", drawn())), _ -> {
                    throw new IllegalStateException("the trail is full");
                }))
                .hasMessageContaining("trail");
        assertThat(held("trail")).isZero();
        assertThat(done(service().find("trail", List.of("a")))).isEmpty();
    }

    @Test
    void severalOfOneOriginalWhereTheDomainHasThem() {
        TrustCentre.domain(
                new NewDomain("bring-several", null, PseudonymForm.USUAL, new PseudonymDomain.Policy(true, true)));
        String first = done(service().several("bring-several", "o", 1)).getFirst();
        String second = drawn();
        assertThat(done(bring("bring-several", new Pair("o", second), new Pair("o", first))))
                .isEqualTo(1);
        assertThat(done(service().several("bring-several", "o", 0))).containsExactly(first, second);
    }
}
