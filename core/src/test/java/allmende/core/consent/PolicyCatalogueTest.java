package allmende.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalogue of policies, and requests made of queries. */
final class PolicyCatalogueTest {

    private final PolicyCatalogue catalogue = PolicyCatalogue.shipped();

    @Test
    void hasAllPoliciesWithTheirOwnValidity() {
        assertThat(catalogue.all()).hasSize(124);
        assertThat(catalogue.all().stream().filter(policy -> policy.module() == 0))
                .hasSize(29);
        assertThat(catalogue.find(6))
                .satisfies(policy -> assertThat(policy.years()).isEqualTo(5));
        assertThat(catalogue.find(2))
                .satisfies(policy -> assertThat(policy.years()).isEqualTo(30));
        assertThat(catalogue.find(11))
                .satisfies(policy -> assertThat(policy.years()).isNull());
        assertThat(List.of(16, 17, 41, 42, 46, 47))
                .allSatisfy(number -> assertThat(catalogue.find(number)).matches(Policy::retired));
        assertThat(catalogue.all().stream().filter(Policy::retired)).hasSize(6);
        assertThat(catalogue.find(999)).isNull();
    }

    @Test
    void namesEachPolicyInBothLanguages() {
        assertThat(catalogue.all()).allSatisfy(policy -> {
            assertThat(policy.name("de")).isNotBlank();
            assertThat(policy.name("en")).isNotBlank();
        });
    }

    @Test
    void readsCodesWithAndWithoutUrn() {
        String oid = "2.16.840.1.113883.3.1937.777.24.5.3";
        assertThat(Policy.number("urn:oid:" + oid, oid + ".8")).isEqualTo(8);
        assertThat(Policy.number(oid, "urn:oid:" + oid + ".124")).isEqualTo(124);
        assertThat(Policy.number("", oid + ".8")).isEqualTo(8);
        assertThat(Policy.number("urn:oid:" + oid, "8")).isEqualTo(-1);
        assertThat(Policy.number("urn:oid:" + oid + "1", oid + ".8")).isEqualTo(-1);
        assertThat(Policy.number("urn:oid:" + oid, oid + ".8x")).isEqualTo(-1);
        assertThat(Policy.number("urn:oid:" + oid, oid + ".")).isEqualTo(-1);
        assertThat(Policy.number("", "")).isEqualTo(-1);
    }

    @Test
    void combinedCodesStandForTheirPolicies() {
        assertThat(CombinedPolicies.codes(new allmende.core.fhir.Coding("fdpg.consent.combined", "yes-yes-yes-no")))
                .containsExactlyInAnyOrder(Policy.code(8), Policy.code(11), Policy.code(12), Policy.code(13));
    }

    @Test
    void aRequestWithoutPoliciesEnforcesNothing() {
        ConsentRequest none = new ConsentRequest(new java.util.TreeSet<>(), LocalDate.of(2024, 1, 1), Rules.ALLMENDE);
        assertThat(none.enforced()).isFalse();
        assertThat(new ConsentJob(none).of(List.of(), List.of()).refusal()).isEmpty();
        assertThat(ConsentRequest.research(LocalDate.of(2024, 1, 1)).enforced()).isTrue();
    }
}
