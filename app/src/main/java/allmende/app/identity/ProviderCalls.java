package allmende.app.identity;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Calls to a provider, which end after a bounded time: a provider that hangs must not hang the portal. */
final class ProviderCalls {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private ProviderCalls() {}

    private static JdkClientHttpRequestFactory bounded() {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build());
        requests.setReadTimeout(ANSWER_MAX);
        return requests;
    }

    /** For documents and keys. */
    static RestTemplate documents() {
        return new RestTemplate(bounded());
    }

    /** For what the provider says about a person. */
    static RestTemplate people() {
        RestTemplate calls = new RestTemplate(bounded());
        calls.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        return calls;
    }

    /** For tokens. */
    static RestClientAuthorizationCodeTokenResponseClient tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(bounded())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }
}
