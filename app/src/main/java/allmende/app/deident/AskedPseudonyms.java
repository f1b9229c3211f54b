package allmende.app.deident;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.identity.Caller;
import allmende.app.pseudonyms.PseudonymRights;
import allmende.app.pseudonyms.PseudonymService;
import allmende.app.pseudonyms.Result;
import allmende.core.deident.PseudonymSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pseudonyms for a caller of the operation. Whatever keeps them away, nothing leaves, and the caller is told what it is. A
 * domain that is not there is not made: a misspelt prefix would give everybody another pseudonym.
 */
final class AskedPseudonyms implements PseudonymSource {

    private static final Logger LOG = LoggerFactory.getLogger(AskedPseudonyms.class);

    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;

    private final @Nullable PseudonymService service;
    private final Caller caller;
    private final String prefix;

    /**
     * Pseudonyms of a service.
     *
     * @param service null where the site has none
     * @param prefix put before the names of domains
     */
    AskedPseudonyms(@Nullable PseudonymService service, Caller caller, String prefix) {
        this.service = service;
        this.caller = caller;
        this.prefix = prefix;
    }

    @Override
    public Map<String, String> pseudonyms(String ownDomain, Set<String> originals) {
        PseudonymService there = service;
        if (there == null) {
            throw FhirProblem.of(
                    NOT_IMPLEMENTED,
                    "not-supported",
                    "The rule set asks for pseudonyms, and this site has no pseudonym service. Nothing leaves.");
        }
        if (!PseudonymRights.mayMake(caller)) {
            throw FhirProblem.of(
                    FORBIDDEN,
                    "forbidden",
                    "The rule set asks for pseudonyms. Programs need the scope " + PseudonymRights.MAKE
                            + " for that, people the role trust-centre. Nothing leaves.");
        }
        String domain = prefix + ownDomain;
        try {
            return switch (there.create(domain, originals)) {
                case Result.Done<Map<String, String>>(Map<String, String> pseudonyms) -> pseudonyms;
                case Result.Refused<Map<String, String>>(Result.Refusal refusal) -> throw refused(domain, refusal);
            };
        } catch (FhirProblem problem) {
            throw problem;
        } catch (RuntimeException e) {
            LOG.warn("No pseudonyms of the domain {}: {}", domain, e.getClass().getSimpleName());
            throw FhirProblem.of(
                    UNAVAILABLE,
                    "transient",
                    "The pseudonym service can't be reached, so nothing leaves. Try again, or see that it runs.");
        }
    }

    private static FhirProblem refused(String domain, Result.Refusal refusal) {
        return switch (refusal) {
            case NO_DOMAIN ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "not-found",
                        "There is no pseudonym domain " + domain + ", so nothing leaves. The trust centre makes it:"
                                + " ./allmende pseudonyms create-domain " + domain);
            case FULL ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "business-rule",
                        "The pseudonym domain " + domain + " is full, so nothing leaves. The trust centre makes one"
                                + " with longer pseudonyms.");
            case NOT_OF_PARENT ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "business-rule",
                        "The pseudonym domain " + domain + " takes only pseudonyms of its parent as originals, and a"
                                + " value that was sent is none. Nothing leaves.");
            case ORIGINAL ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "invalid",
                        "A value that becomes a pseudonym is blank or longer than 1,000 characters. Nothing leaves.");
            case NOT_FOUND, DOMAIN_EXISTS, NAME, SINGLE, KEEPS, COLLISION, FORM ->
                FhirProblem.of(
                        UNPROCESSABLE, "processing", "The pseudonym domain " + domain + " gave none. Nothing leaves.");
        };
    }
}
