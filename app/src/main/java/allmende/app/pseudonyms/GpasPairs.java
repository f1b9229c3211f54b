package allmende.app.pseudonyms;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.pseudonyms.PseudonymImport.Pair;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the dialect of the trust centre software does with several values that belong together: more than one pseudonym of an
 * original, and pairs that were made elsewhere.
 */
final class GpasPairs {

    static final String SECONDARY = "pseudonymize-secondary";
    static final String INSERT = "insertValuePseudonymPairs";

    private static final String TARGET = "target";
    private static final String ORIGINAL = "original";
    private static final int COUNT_MAX = 1_000;
    private static final int OK = 200;

    private final PseudonymService service;
    private final DoorWatch watch;
    private final AuditTrail trail;

    GpasPairs(PseudonymService service, DoorWatch watch, AuditTrail trail) {
        this.service = service;
        this.watch = watch;
        this.trail = trail;
    }

    /** So many more pseudonyms of an original in a domain. */
    record Wish(String target, String original, int count) {
        static Wish of(Sent parts) {
            int count = parts.number("count", COUNT_MAX);
            if (count == 0) {
                throw FhirProblem.invalid("The part count is a whole number from 1 to " + COUNT_MAX + ".");
            }
            return new Wish(parts.one(TARGET).text(), parts.one("value").text(), count);
        }

        @Override
        public String toString() {
            return "a wish for " + count;
        }
    }

    /**
     * Makes more pseudonyms, original by original; those that can't be served come back as errors.
     *
     * @throws FhirProblem 400, 413 if what was sent is not understood; nothing is made then
     */
    ObjectNode secondary(Sent sent) {
        List<Wish> wishes = sent.groups(ORIGINAL, GpasController.VALUES_MAX).stream()
                .map(Wish::of)
                .toList();
        if (wishes.stream().mapToInt(Wish::count).sum() > GpasController.VALUES_MAX) {
            throw FhirProblem.tooLarge("At most " + GpasController.VALUES_MAX + " pseudonyms are made at once.");
        }
        GpasAnswer answer = new GpasAnswer(wishes.getFirst().target());
        for (Wish wish : wishes) {
            switch (service.several(wish.target(), wish.original(), wish.count())) {
                case Result.Done<List<String>>(List<String> made) -> {
                    made.forEach(pseudonym -> answer.secondary(wish.target(), wish.original(), pseudonym));
                    watch.told(SECONDARY, wish.target(), 1, OK);
                }
                case Result.Refused<List<String>>(Result.Refusal refusal) -> {
                    FhirProblem problem = Refusals.problem(refusal);
                    String code = problem.issues().getFirst().code();
                    answer.error(wish, code, refusal.name());
                    watch.told(SECONDARY, null, 1, problem.status());
                }
            }
        }
        return answer.parameters();
    }

    /**
     * Takes over pairs, all or none. That somebody did is in the trail of administrative acts before it takes effect.
     *
     * @throws FhirProblem if they can't be taken over
     */
    ObjectNode insert(Sent sent) {
        String target = sent.one(TARGET).text();
        Set<Pair> pairs = new LinkedHashSet<>();
        for (Sent parts : sent.groups("pair", GpasController.VALUES_MAX)) {
            pairs.add(
                    new Pair(parts.one(ORIGINAL).text(), parts.one("pseudonym").text()));
        }
        String by = watch.caller().who().name();
        Refusals.value(service.bring(
                target,
                pairs,
                fresh -> trail.record(new AuditEvent(
                        by,
                        "pseudonyms.mapping-imported",
                        "pseudonym-domain:" + target,
                        fresh + " new of " + pairs.size()))));
        watch.told(INSERT, target, pairs.size(), OK);
        GpasAnswer answer = new GpasAnswer(target);
        pairs.forEach(pair -> answer.add(pair.original(), pair.pseudonym(), ORIGINAL));
        return answer.parameters();
    }
}
