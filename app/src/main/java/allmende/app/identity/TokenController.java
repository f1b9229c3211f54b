package allmende.app.identity;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives tokens to machines (OAuth 2.0 client credentials with a signed assertion), and says where and how. */
@RestController
class TokenController {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ClientLogin login;
    private final AccessTokens tokens;
    private final SiteAddress address;
    private final AuditTrail audit;

    TokenController(ClientLogin login, AccessTokens tokens, SiteAddress address, AuditTrail audit) {
        this.login = login;
        this.tokens = tokens;
        this.address = address;
        this.audit = audit;
    }

    /** SMART's document about where tokens come from. */
    @GetMapping(path = "/fhir/.well-known/smart-configuration", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> configuration(HttpServletRequest request) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("token_endpoint", address.tokenEndpoint(request));
        document.put("grant_types_supported", List.of("client_credentials"));
        document.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        document.put(
                "token_endpoint_auth_signing_alg_values_supported",
                ClientLogin.ALGORITHMS.stream().map(Object::toString).sorted().toList());
        document.put("scopes_supported", List.of("system/*.rs", "system/*.cruds", "system/*.read", "system/*.write"));
        document.put("capabilities", List.of("client-confidential-asymmetric", "permission-v1", "permission-v2"));
        return document;
    }

    @PostMapping(path = "/auth/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Map<String, Object>> token(
            @RequestParam MultiValueMap<String, String> form, HttpServletRequest request) {
        if (form.values().stream().anyMatch(values -> values.size() > 1)) {
            return refused(HttpStatus.BAD_REQUEST, "invalid_request", "A parameter is there twice.");
        }
        Map<String, String> asked = form.toSingleValueMap();
        if (!asked.containsKey("grant_type")) {
            return refused(HttpStatus.BAD_REQUEST, "invalid_request", "The parameter grant_type is missing.");
        }
        if (!"client_credentials".equals(asked.get("grant_type"))) {
            return refused(
                    HttpStatus.BAD_REQUEST, "unsupported_grant_type", "Only client_credentials is supported here.");
        }
        if (!ASSERTION_TYPE.equals(asked.get("client_assertion_type"))) {
            return refused(
                    HttpStatus.BAD_REQUEST, "invalid_request", "client_assertion_type must be " + ASSERTION_TYPE + ".");
        }
        return switch (login.check(asked.getOrDefault("client_assertion", ""), address.audiences(request))) {
            case ClientLogin.Check.Refused(String reason) -> refused(HttpStatus.UNAUTHORIZED, "invalid_client", reason);
            case ClientLogin.Check.Passed(Client client) -> issue(client, asked);
        };
    }

    private ResponseEntity<Map<String, Object>> issue(Client client, Map<String, String> asked) {
        if (!client.id().equals(asked.getOrDefault("client_id", client.id()))) {
            return refused(HttpStatus.UNAUTHORIZED, "invalid_client", "client_id is not the issuer of the assertion.");
        }
        List<Scope> wanted = new ArrayList<>();
        for (String scope : asked.getOrDefault("scope", "").strip().split("\\s+")) {
            Scope.parse(scope).ifPresent(wanted::add);
        }
        Set<Scope> granted = client.granted(wanted);
        if (granted.isEmpty()) {
            return refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid_scope",
                    "None of the scopes asked for may be given. Registered are: " + Client.written(client.scopes())
                            + ".");
        }
        String written = Client.written(granted);
        audit.record(new AuditEvent("client:" + client.id(), "token.issued", "client:" + client.id(), written));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", tokens.issue(client.id(), granted));
        answer.put("token_type", "bearer");
        answer.put("expires_in", AccessTokens.LIFE.toSeconds());
        answer.put("scope", written);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Pragma", "no-cache")
                .body(answer);
    }

    private static ResponseEntity<Map<String, Object>> refused(HttpStatus status, String error, String description) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .header("Pragma", "no-cache")
                .body(Map.of("error", error, "error_description", description));
    }
}
