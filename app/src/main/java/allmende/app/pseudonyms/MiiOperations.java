package allmende.app.pseudonyms;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.identity.Caller;
import allmende.app.pseudonyms.DoorWatch.Need;
import allmende.app.pseudonyms.Sent.Value;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the operations, each for one value. */
final class MiiOperations {

    private static final String CONTEXT = "context";
    private static final String CONTEXT_BEFORE = "target";
    private static final String ORIGINAL = "original";
    private static final String PSEUDONYM = "pseudonym";
    private static final String COUNT = "count";
    private static final String ALLOW_CREATE = "allowCreate";
    private static final int COUNT_MAX = 1_000;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    private final PseudonymService service;
    private final ResolveDesk desk;
    private final DoorWatch watch;

    MiiOperations(PseudonymService service, ResolveDesk desk, DoorWatch watch) {
        this.service = service;
        this.desk = desk;
        this.watch = watch;
    }

    /**
     * A call that can be carried out.
     *
     * @param count how many pseudonyms; of interest to one operation alone
     * @param make whether missing ones are made; of interest to one operation alone
     */
    record Call(MiiOperation operation, Value context, Value value, int count, boolean make) {

        /**
         * Reads the parameters.
         *
         * @throws FhirProblem 400 if they are not those of the operation
         */
        static Call of(MiiOperation operation, JsonNode parameters) {
            Sent sent = Sent.of(parameters);
            boolean resolves = operation == MiiOperation.DE_PSEUDONYMIZE;
            return new Call(
                    operation,
                    sent.one(CONTEXT, CONTEXT_BEFORE),
                    sent.one(resolves ? PSEUDONYM : ORIGINAL),
                    operation == MiiOperation.PSEUDONYMIZE_MULTIPLE ? sent.number(COUNT, COUNT_MAX) : 0,
                    sent.isNotFalse(ALLOW_CREATE));
        }

        Need need() {
            return switch (operation) {
                case PSEUDONYMIZE -> make ? Need.MAKE : Need.READ;
                case PSEUDONYMIZE_MULTIPLE -> count > 0 ? Need.MAKE : Need.READ;
                case GET_PSEUDONYM -> Need.READ;
                case DE_PSEUDONYMIZE -> Need.RESOLVE;
                case DELETE_PSEUDONYM, ANONYMIZE_ORIGINAL -> Need.DELETE;
            };
        }

        /** Whether it makes one pseudonym where there is none. */
        boolean makesOne() {
            return operation == MiiOperation.PSEUDONYMIZE && make;
        }
    }

    /**
     * Carries out a call and keeps the record of it.
     *
     * @throws FhirProblem if it can't be
     */
    ObjectNode answer(Call call) {
        watch.require(call.need(), call.operation().code());
        try {
            ObjectNode answer = carriedOut(call);
            told(call, OK);
            return answer;
        } catch (FhirProblem problem) {
            told(call, problem.status());
            throw problem;
        }
    }

    private void told(Call call, int status) {
        String domain =
                service.domain(call.context().text()).map(PseudonymDomain::name).orElse(null);
        watch.told(call.operation().code(), domain, 1, status);
    }

    private ObjectNode carriedOut(Call call) {
        String context = call.context().text();
        String value = call.value().text();
        return switch (call.operation()) {
            case PSEUDONYMIZE ->
                single(
                        call,
                        call.make() ? service.create(context, List.of(value)) : service.find(context, List.of(value)));
            case GET_PSEUDONYM -> single(call, service.find(context, List.of(value)));
            case PSEUDONYMIZE_MULTIPLE ->
                MiiAnswers.several(
                        call.context(),
                        call.value(),
                        system(context),
                        Refusals.value(service.several(context, value, call.count())));
            case DE_PSEUDONYMIZE -> resolved(call);
            case DELETE_PSEUDONYM -> {
                known(Refusals.value(service.delete(context, List.of(value))));
                yield MiiAnswers.done("MSG_DELETED", "The entry was deleted.");
            }
            case ANONYMIZE_ORIGINAL -> {
                known(Refusals.value(service.anonymise(context, List.of(value))));
                yield MiiAnswers.done("MSG_UPDATED", "The original was forgotten; its pseudonym stays.");
            }
        };
    }

    private static void known(long affected) {
        if (affected == 0) {
            throw Refusals.problem(Result.Refusal.NOT_FOUND);
        }
    }

    private static ObjectNode single(Call call, Result<Map<String, String>> found) {
        return single(call, Refusals.value(found));
    }

    /** The answer where the pseudonyms are known already, as those of a whole bundle are. */
    static ObjectNode single(Call call, Map<String, String> pseudonyms) {
        String pseudonym = pseudonyms.get(call.value().text());
        if (pseudonym == null) {
            throw Refusals.problem(Result.Refusal.NOT_FOUND);
        }
        return MiiAnswers.one(
                call.context(), call.value(), system(call.context().text()), pseudonym);
    }

    private ObjectNode resolved(Call call) {
        String pseudonym = call.value().text();
        Caller caller = watch.caller();
        ResolveDesk.Resolved resolved =
                Refusals.value(desk.resolve(holder(caller), call.context().text(), List.of(pseudonym)));
        if (resolved.granted().isEmpty()) {
            throw FhirProblem.of(
                    FORBIDDEN,
                    "forbidden",
                    "No grant covers this pseudonym. Ask for it on the site's page of pseudonyms; another person grants.");
        }
        String original = resolved.originals().get(pseudonym);
        if (original == null) {
            throw Refusals.problem(Result.Refusal.NOT_FOUND);
        }
        return MiiAnswers.resolved(call.context(), call.value(), original);
    }

    static ResolveDesk.Holder holder(Caller caller) {
        return new ResolveDesk.Holder(caller.name(), caller.kind() == Caller.Kind.MACHINE);
    }

    /** The system of the Identifiers that are pseudonyms of a domain. */
    private static String system(String domain) {
        return domain.contains(":") ? domain : "urn:allmende:pseudonym:" + domain;
    }
}
