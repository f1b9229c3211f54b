package allmende.app.identity;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestOperations;

/**
 * The portal's registration at the provider, with the addresses that the provider publishes. They are read when first
 * needed and tried anew after a failure, so that a portal starts while its provider is away.
 */
final class OidcRegistration implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {

    /** Name of the one registration; part of the addresses to and from the provider. */
    static final String ID = "provider";

    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    /** Signatures by a key that only the provider has. */
    private static final List<SignatureAlgorithm> SIGNATURES = List.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384,
            SignatureAlgorithm.ES512);

    private final OidcProvider provider;
    private final RestOperations calls = ProviderCalls.documents();
    private volatile @Nullable ClientRegistration registration;
    private volatile @Nullable JwtDecoder idTokens;
    private volatile @Nullable JwtDecoder accessTokens;

    OidcRegistration(OidcProvider provider) {
        this.provider = provider;
    }

    OidcProvider provider() {
        return provider;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ProviderTrouble if the provider can't be asked
     */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return ID.equals(id) ? known() : null;
    }

    private ClientRegistration known() {
        ClientRegistration known = registration;
        if (known == null) {
            known = discovered();
            registration = known;
        }
        return known;
    }

    private ClientRegistration discovered() {
        Map<String, Object> document = document();
        if (!provider.issuer().toString().equals(document.get("issuer"))) {
            throw new ProviderTrouble(
                    ProviderFault.SETTINGS,
                    "The document at " + provider.discovery() + " is of the issuer " + document.get("issuer")
                            + ": write oidc-issuer exactly so",
                    null);
        }
        try {
            ClientRegistration.Builder builder = ClientRegistrations.fromOidcConfiguration(document)
                    .registrationId(ID)
                    .clientId(provider.clientId())
                    .clientSecret(provider.clientSecret())
                    .clientName(provider.label())
                    .redirectUri(provider.base() + "/login/oauth2/code/{registrationId}")
                    .scope("openid", "profile", "email")
                    .clientSettings(ClientRegistration.ClientSettings.builder()
                            .requireProofKey(true)
                            .build());
            if (provider.clientSecret().isEmpty()) {
                builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ProviderTrouble(
                    ProviderFault.SETTINGS, "The document at " + provider.discovery() + " can't be used", e);
        }
    }

    private Map<String, Object> document() {
        URI address = provider.discovery();
        try {
            Map<String, Object> document =
                    calls.exchange(address, HttpMethod.GET, null, OBJECT).getBody();
            return document == null ? Map.of() : document;
        } catch (RestClientException e) {
            throw new ProviderTrouble(
                    ProviderFault.AWAY,
                    "The provider of logins can't be reached at " + address + "; is oidc-issuer right?",
                    e);
        }
    }

    /** Reads what the provider says about who has logged in. */
    @Override
    public JwtDecoder createDecoder(ClientRegistration client) {
        JwtDecoder known = idTokens;
        if (known == null) {
            NimbusJwtDecoder decoder = decoder(
                    client,
                    new DelegatingOAuth2TokenValidator<>(
                            JwtValidators.createDefault(), new OidcIdTokenValidator(client)));
            decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
            known = decoder;
            idTokens = known;
        }
        return known;
    }

    /**
     * Reads the tokens that programs show; whom they are made for is still to be looked at.
     *
     * @throws ProviderTrouble if the provider can't be asked
     */
    JwtDecoder accessTokens() {
        JwtDecoder known = accessTokens;
        if (known == null) {
            known = decoder(
                    known(),
                    JwtValidators.createDefaultWithIssuer(provider.issuer().toString()));
            accessTokens = known;
        }
        return known;
    }

    private NimbusJwtDecoder decoder(ClientRegistration client, OAuth2TokenValidator<Jwt> validator) {
        // The discovery document has been refused without it.
        String keys = Objects.requireNonNull(client.getProviderDetails().getJwkSetUri());
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .jwsAlgorithms(known -> known.addAll(SIGNATURES))
                .restOperations(calls)
                .build();
        decoder.setJwtValidator(validator);
        return decoder;
    }
}
