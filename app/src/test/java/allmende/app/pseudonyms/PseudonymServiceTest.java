package allmende.app.pseudonyms;

import static allmende.app.pseudonyms.TrustCentre.done;
import static allmende.app.pseudonyms.TrustCentre.originals;
import static allmende.app.pseudonyms.TrustCentre.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.deident.pseudonym.PseudonymForm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One pseudonym for an original, none for two; what is deleted or forgotten is gone; originals are nowhere to be read. */
class PseudonymServiceTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PseudonymService service = TrustCentre.service();

    @Test
    void anOriginalKeepsItsPseudonymAndDomainsTellNothingOfEachOther() {
        TrustCentre.domain("a/1");
        TrustCentre.domain("a/2");
        Set<String> patients = originals("p-", 3);

        Map<String, String> first = done(service.create("a/1", patients));

        assertThat(first).containsOnlyKeys(patients);
        assertThat(first.values()).doesNotHaveDuplicates().allMatch(PseudonymForm.USUAL::matches);
        assertThat(done(service.create("a/1", patients))).isEqualTo(first);
        assertThat(done(service.find("a/1", List.of("p-0", "unknown")))).isEqualTo(Map.of("p-0", first.get("p-0")));
        assertThat(done(service.create("a/2", patients)).values()).doesNotContainAnyElementsOf(first.values());
        assertThat(service.domain("a/1").orElseThrow().held()).isEqualTo(3);
        assertThat(service.domain("a/1").orElseThrow().usedAt()).isEqualTo(TrustCentre.now);
    }

    @Test
    void aProjectsDomainIsMadeWhenItIsFirstUsed() {
        Map<String, String> made = service.pseudonyms("project/7/patient", Set.of("x"));

        assertThat(made).containsOnlyKeys("x");
        assertThat(service.domain("project/7/patient").orElseThrow().madeBy()).isEqualTo("site");
        assertThatThrownBy(() -> service.pseudonyms("no good name", Set.of("x")))
                .isInstanceOf(PseudonymFault.class)
                .hasMessageNotContaining("\"x\"");
    }

    @Test
    void manyAtOnceAreAllDifferent() {
        TrustCentre.domain("bulk");

        Map<String, String> made = done(service.create("bulk", originals("b-", 12_345)));

        assertThat(made).hasSize(12_345);
        assertThat(new HashSet<>(made.values())).hasSize(12_345);
        assertThat(service.domain("bulk").orElseThrow().held()).isEqualTo(12_345);
        assertThat(done(service.create("bulk", originals("b-", 12_345)))).isEqualTo(made);
    }

    /** Of 1,000 possible pseudonyms 100 may be used: the last are drawn again every tenth time. */
    @Test
    void aDomainFillsUpWithoutCollisionsAndRefusesBeforeItIsDense() {
        TrustCentre.domain(TrustCentre.small("small"));

        Map<String, String> made = new HashMap<>();
        for (int i = 0; i < 100; i += 10) {
            made.putAll(done(service.create("small", originals("s" + i + "-", 10))));
        }

        assertThat(new HashSet<>(made.values())).hasSize(100).allMatch(one -> one.startsWith("S"));
        assertThat(refusal(service.create("small", List.of("one more")))).isEqualTo(Result.Refusal.FULL);
        assertThat(done(service.create("small", made.keySet()))).isEqualTo(made);
        assertThat(service.domain("small").orElseThrow().held()).isEqualTo(100);
        assertThat(service.domain("small").orElseThrow().left()).isZero();
    }

    @Test
    void severalClientsGetOnePseudonymForAnOriginal() throws Exception {
        TrustCentre.domain("raced");
        Set<String> all = originals("r-", 3_000);
        List<Callable<Map<String, String>>> clients = new ArrayList<>();
        PseudonymService other = TrustCentre.another();
        for (int i = 0; i < 6; i++) {
            PseudonymService one = i % 2 == 0 ? service : other;
            clients.add(() -> done(one.create("raced", all)));
        }
        try (other;
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, String> expected = null;
            for (Future<Map<String, String>> future : threads.invokeAll(clients)) {
                expected = expected == null ? future.get() : expected;
                assertThat(future.get()).isEqualTo(expected);
            }
        }
        assertThat(service.domain("raced").orElseThrow().held()).isEqualTo(3_000);
    }

    @Test
    void anOriginalMayHaveSeveralWhereTheDomainSaysSo() {
        TrustCentre.domain(new NewDomain("several", null, PseudonymForm.USUAL, new PseudonymDomain.Policy(true, true)));
        TrustCentre.domain("single");

        List<String> three = done(service.several("several", "x", 3));
        List<String> two = done(service.several("several", "x", 2));

        assertThat(three).hasSize(3).doesNotContainAnyElementsOf(two);
        assertThat(done(service.several("several", "x", 0)))
                .startsWith(three.toArray(String[]::new))
                .hasSize(5);
        assertThat(done(service.create("several", List.of("x")))).containsEntry("x", three.getFirst());
        assertThat(refusal(service.several("several", "y", 0))).isEqualTo(Result.Refusal.NOT_FOUND);
        assertThat(refusal(service.several("single", "x", 2))).isEqualTo(Result.Refusal.SINGLE);
        assertThat(done(service.delete("several", List.of("x")))).isEqualTo(5);
        assertThat(service.domain("several").orElseThrow().held()).isZero();
    }

    @Test
    void pseudonymsOfPseudonymsGoWithThem() {
        TrustCentre.domain("tree");
        TrustCentre.domain(TrustCentre.below("tree", "tree/deletes", true));
        TrustCentre.domain(TrustCentre.below("tree", "tree/keeps", false));
        TrustCentre.domain(TrustCentre.below("tree/deletes", "tree/leaf", true));
        String psn = done(service.create("tree", List.of("mr-1"))).get("mr-1");
        String below = done(service.create("tree/deletes", List.of(psn))).get(psn);
        String kept = done(service.create("tree/keeps", List.of(psn))).get(psn);
        done(service.create("tree/leaf", List.of(below)));

        assertThat(refusal(service.create("tree/deletes", List.of("mr-1")))).isEqualTo(Result.Refusal.NOT_OF_PARENT);
        assertThat(refusal(service.delete("tree/keeps", List.of(psn)))).isEqualTo(Result.Refusal.KEEPS);
        assertThat(service.forget(List.of("mr-1", "never seen"))).isEqualTo(4);
        assertThat(done(service.find("tree", List.of("mr-1")))).isEmpty();
        assertThat(done(service.find("tree/deletes", List.of(psn)))).isEmpty();
        assertThat(done(service.find("tree/leaf", List.of(below)))).isEmpty();
        assertThat(done(service.resolve("tree/keeps", List.of(kept)))).isEmpty();
        assertThat(service.domain("tree/keeps").orElseThrow().held()).isEqualTo(1);
        assertThat(service.domain("tree/leaf").orElseThrow().held()).isZero();
    }

    @Test
    void whatIsAnonymisedStaysTakenAndBelongsToNobody() {
        TrustCentre.domain("anonymous");
        String psn = done(service.create("anonymous", List.of("x"))).get("x");
        assertThat(done(service.resolve("anonymous", List.of(psn)))).containsEntry(psn, "x");

        assertThat(done(service.anonymise("anonymous", List.of("x", "y")))).isEqualTo(1);

        assertThat(done(service.resolve("anonymous", List.of(psn)))).isEmpty();
        assertThat(done(service.create("anonymous", List.of("x"))).get("x")).isNotEqualTo(psn);
        assertThat(service.domain("anonymous").orElseThrow().held()).isEqualTo(2);
    }

    @Test
    void originalsCanNotBeReadInTheDatabaseNorExchangedThere() {
        TrustCentre.domain("secret");
        String secret = "Erika Mustermann 4711";
        Map<String, String> made = done(service.create("secret", List.of(secret, "another")));
        var jdbc = service.tables().jdbc();
        int id = service.domain("secret").orElseThrow().id();

        String rows = jdbc.sql(
                        "select string_agg(encode(original, 'escape') || encode(lookup, 'escape') || p::text, ' ')"
                                + " from pseudonym p where domain = ?")
                .param(id)
                .query(String.class)
                .single();
        assertThat(rows).doesNotContain("Erika", "4711").isNotEmpty();
        assertThat(new Originals("secret", Originals.Keys.of("secret", (purpose, bytes) -> new byte[bytes]), RANDOM)
                        .lookup(secret))
                .as("who has another key finds nothing")
                .isNotEqualTo(jdbc.sql("select lookup from pseudonym where domain = ? and pseudonym = ?")
                        .params(id, made.get(secret))
                        .query(byte[].class)
                        .single());

        jdbc.sql(
                        "update pseudonym a set original = b.original from pseudonym b where a.domain = ? and b.domain = a.domain"
                                + " and a.pseudonym <> b.pseudonym")
                .param(id)
                .update();
        assertThatThrownBy(() -> service.resolve("secret", List.of(String.valueOf(made.get(secret)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("4711");
    }

    @Test
    void whatCanNotBeIsRefused() {
        assertThat(refusal(service.create("nowhere", List.of("x")))).isEqualTo(Result.Refusal.NO_DOMAIN);
        assertThat(refusal(service.add(NewDomain.usual("no name"), "test"))).isEqualTo(Result.Refusal.NAME);
        assertThat(refusal(service.add(TrustCentre.below("nowhere", "orphan", true), "test")))
                .isEqualTo(Result.Refusal.NO_DOMAIN);
        TrustCentre.domain("odd");
        assertThat(refusal(service.add(NewDomain.usual("odd"), "test"))).isEqualTo(Result.Refusal.DOMAIN_EXISTS);
        assertThat(refusal(service.create("odd", List.of(" ")))).isEqualTo(Result.Refusal.ORIGINAL);
        assertThat(refusal(service.create("odd", List.of("x".repeat(1_001))))).isEqualTo(Result.Refusal.ORIGINAL);
        assertThat(done(service.create("odd", List.of("ümlaut\0🙂")))).hasSize(1);
    }
}
