package allmende.app.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.administration.FakeProvider;
import allmende.core.disclosure.RulesRead;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings about a provider mean. */
class OidcRegistrationTest {

    private static OidcProvider settings(String issuer, String portal) {
        return new OidcProvider(
                URI.create(issuer), FakeProvider.CLIENT, "", "P", URI.create(portal), ProviderRoles.NONE);
    }

    @Test
    void peopleComeBackToTheAddressOfTheSettings() {
        try (FakeProvider provider = FakeProvider.start(0, "")) {
            OidcRegistration registration =
                    new OidcRegistration(settings(provider.issuer(), "https://portal.example/"));

            assertThat(Objects.requireNonNull(registration.findByRegistrationId(OidcRegistration.ID))
                            .getRedirectUri())
                    .isEqualTo("https://portal.example/login/oauth2/code/{registrationId}");
            assertThat(registration.findByRegistrationId("another")).isNull();
        }
    }

    @Test
    void aProviderThatCallsItselfOtherwiseIsNotTrusted() {
        try (FakeProvider provider = FakeProvider.start(0, "")) {
            OidcRegistration registration =
                    new OidcRegistration(settings(provider.issuer() + "/", "https://portal.example"));

            assertThatThrownBy(() -> registration.findByRegistrationId(OidcRegistration.ID))
                    .isInstanceOfSatisfying(ProviderTrouble.class, trouble -> assertThat(trouble.fault())
                            .isEqualTo(ProviderFault.SETTINGS))
                    .hasMessageContaining("write oidc-issuer exactly so");
        }
    }

    @Test
    void rolesAreReadAsTheyAreWritten() {
        ProviderRoles roles =
                new ProviderRoles("groups", Map.of("office", Role.COORDINATION, "site", Role.SITE_ENGINEER));

        assertThat(ProviderRoles.read(roles.write().toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new RulesRead.Valid<>(roles));
        assertThat(read("{\"claim\": \"groups\", \"roles\": {\"boss\": \"admin\"}}"))
                .isEqualTo(new RulesRead.Valid<>(new ProviderRoles("groups", Map.of("boss", Role.ADMIN))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"claim\": \"groups\", \"roles\": {\"boss\": \"king\"}}"})
    void rulesInDoubtAreRefused(String file) {
        assertThat(read(file)).isInstanceOf(RulesRead.Invalid.class);
    }

    private static RulesRead<ProviderRoles> read(String file) {
        return ProviderRoles.read(file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyTheRolesThatTheRulesNameAreTheProvidersBusiness() {
        ProviderRoles roles = new ProviderRoles("a.b", Map.of("office", Role.COORDINATION));
        Map<String, Object> claims = Map.of("a", Map.of("b", List.of("office", "other", 7)));

        assertThat(roles.after(Set.of(Role.RESEARCHER), claims)).containsOnly(Role.RESEARCHER, Role.COORDINATION);
        assertThat(roles.after(Set.of(Role.ADMIN, Role.COORDINATION), Map.of())).containsOnly(Role.ADMIN);
        assertThat(roles.after(Set.of(), Map.of("a.b", "office"))).containsOnly(Role.COORDINATION);
    }

    @Test
    void onlyPathsHereAreLedTo() {
        assertThat(List.of("/", "/workbench/7", "/a%2F%2Fb")).allMatch(LoggedIn::isLocal);
        assertThat(List.of("//evil.example/", "https://evil.example", "/\\evil.example", "/a\nb", "", "workbench"))
                .noneMatch(LoggedIn::isLocal);
    }
}
