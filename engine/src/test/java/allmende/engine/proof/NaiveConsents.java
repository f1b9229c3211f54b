package allmende.engine.proof;

import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.DerivedTerm;
import allmende.core.fhir.Coding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which Consent a patient permits something by, today: written from the rules in words, sharing no code with them. */
final class NaiveConsents {

    private static final Set<Integer> COLLECTING = Set.of(2, 6, 19);
    private static final Set<Integer> FIVE_YEARS = Set.of(6, 19);
    private static final Set<Integer> FOR_EVER = Set.of(1, 10, 11);
    private static final Map<Integer, Integer> MODULES =
            Map.of(2, 1, 6, 1, 7, 1, 8, 1, 9, 1, 37, 1, 11, 10, 12, 10, 13, 10);
    private static final LocalDate EVER = NaiveTime.EVER.toLocalDate();
    private static final LocalDate FOREVER = NaiveTime.FOREVER.toLocalDate();

    /** One provision about one policy; 0 stands for all. */
    private record Said(
            String consent,
            boolean permit,
            int policy,
            LocalDate from,
            LocalDate until,
            LocalDate order,
            LocalDate known) {

        boolean about(int asked) {
            return policy == 0 || policy == asked || MODULES.getOrDefault(asked, -1) == policy;
        }

        LocalDate last(int asked) {
            if (!permit || FOR_EVER.contains(asked)) {
                return until;
            }
            LocalDate begun = from.isAfter(order) ? from : order;
            LocalDate end = begun;
            LocalDate limit = begun.plusYears(FIVE_YEARS.contains(asked) ? 5 : 30);
            if (begun.getMonthValue() == 2 && begun.getDayOfMonth() == 29 && !limit.isLeapYear()) {
                end = LocalDate.of(limit.getYear(), 2, 28);
            } else {
                end = limit.minusDays(1);
            }
            return end.isBefore(until) ? end : until;
        }
    }

    private static final Comparator<Said> LATER =
            Comparator.comparing(Said::order).thenComparing(Said::consent);

    private final LocalDate today;
    private final ContextDefinition context;
    private final Map<String, List<Said>> byPatient = new HashMap<>();

    NaiveConsents(ContextDefinition context, NaiveRecords records, LocalDate today) {
        this.context = context;
        this.today = today;
        for (JsonNode resource : records.all()) {
            if (resource.get("resourceType").asString().equals("Consent")) {
                records.patientOf(resource).ifPresent(patient -> byPatient
                        .computeIfAbsent(patient, any -> new ArrayList<>())
                        .addAll(said(resource)));
            }
        }
    }

    /** Whether the Consent is the one by which its patient permits any of the terms today. */
    boolean grants(JsonNode consent, String patient, Collection<Coding> terms) {
        List<Said> said = byPatient.getOrDefault(patient, List.of());
        return terms.stream().flatMap(term -> by(said, term).stream()).anyMatch(by -> by.consent()
                .equals(consent.get("id").asString()));
    }

    private Optional<Said> by(List<Said> said, Coding term) {
        Optional<DerivedTerm> derived = context.derived().stream()
                .filter(one -> NaiveTerms.same(one.term(), term))
                .findFirst();
        if (derived.isEmpty()) {
            boolean policy = term.system().equals(SampleConsents.SYSTEM)
                    && term.code().matches("\\Q" + SampleConsents.CODE + "\\E\\d+");
            return policy ? by(said, number(term)) : Optional.empty();
        }
        List<Said> last = new ArrayList<>();
        for (List<Coding> group : derived.get().all()) {
            Optional<Said> met = group.stream()
                    .flatMap(code -> by(said, number(code)).stream())
                    .max(LATER);
            if (met.isEmpty()) {
                return Optional.empty();
            }
            last.add(met.get());
        }
        return last.stream().max(LATER);
    }

    private static int number(Coding coding) {
        return Integer.parseInt(coding.code().substring(coding.code().lastIndexOf('.') + 1));
    }

    private Optional<Said> by(List<Said> all, int policy) {
        List<Said> said = all.stream()
                .filter(one -> one.about(policy) && !one.known().isAfter(today))
                .toList();
        if (policy == 999) {
            return Optional.empty();
        }
        if (!COLLECTING.contains(policy)) {
            return on(said, policy, today);
        }
        Set<LocalDate> days = new TreeSet<>(Set.of(today));
        said.forEach(one -> {
            days.add(one.from());
            days.add(one.last(policy));
            days.add(one.from().isAfter(EVER) ? one.from().minusDays(1) : EVER);
            days.add(one.last(policy).isBefore(FOREVER) ? one.last(policy).plusDays(1) : FOREVER);
        });
        boolean any = days.stream().filter(day -> !day.isAfter(today)).anyMatch(day -> on(said, policy, day)
                .isPresent());
        return any
                ? said.stream()
                        .filter(one -> one.permit() && !one.from().isAfter(today))
                        .max(LATER)
                : Optional.empty();
    }

    /** The permit that stands on a day. */
    private static Optional<Said> on(List<Said> said, int policy, LocalDate day) {
        List<Said> covering = said.stream()
                .filter(one -> !one.from().isAfter(day) && !one.last(policy).isBefore(day))
                .toList();
        Optional<LocalDate> last = covering.stream().map(Said::order).max(Comparator.naturalOrder());
        List<Said> deciding = covering.stream()
                .filter(one -> one.order().equals(last.orElseThrow()))
                .toList();
        return deciding.stream().allMatch(Said::permit) ? deciding.stream().max(LATER) : Optional.empty();
    }

    private static List<Said> said(JsonNode consent) {
        String status = consent.path("status").asString("");
        List<Said> said = new ArrayList<>();
        if (Set.of("draft", "proposed", "entered-in-error").contains(status)) {
            return said;
        }
        JsonNode root = consent.path("provision");
        if (!root.has("provision")) {
            add(said, consent, root, root, 0);
        }
        for (JsonNode provision : root.path("provision").values()) {
            if (!provision.has("code")) {
                add(said, consent, root, provision, 0);
            }
            for (JsonNode code : provision.path("code").values()) {
                String written = code.get("coding").get(0).get("code").asString();
                int number = Integer.parseInt(written.substring(SampleConsents.CODE.length()));
                if (number != 999) {
                    add(said, consent, root, provision, number);
                }
            }
        }
        return said;
    }

    private static void add(List<Said> said, JsonNode consent, JsonNode root, JsonNode provision, int policy) {
        Optional<NaiveTime> signed = NaiveTime.of(consent.path("dateTime"));
        JsonNode own = provision.has("period") ? provision.get("period") : root.path("period");
        Optional<NaiveTime> start = NaiveTime.of(own.path("start"));
        Optional<NaiveTime> end = NaiveTime.of(own.path("end"));
        boolean inverted = start.isPresent()
                && end.isPresent()
                && end.get().last().isBefore(start.get().first());
        String id = consent.get("id").asString();
        if (!provision.path("type").asString("").equals("permit")) {
            said.add(new Said(
                    id,
                    false,
                    policy,
                    inverted
                            ? EVER
                            : start.map(time -> time.first().toLocalDate()).orElse(EVER),
                    inverted
                            ? FOREVER
                            : end.map(time -> time.last().toLocalDate()).orElse(FOREVER),
                    signed.map(time -> time.last().toLocalDate()).orElse(FOREVER),
                    signed.map(time -> time.first().toLocalDate()).orElse(EVER)));
            return;
        }
        Optional<NaiveTime> outerStart = NaiveTime.of(root.path("period").path("start"));
        Optional<NaiveTime> outerEnd = NaiveTime.of(root.path("period").path("end"));
        boolean outerInverted = outerStart.isPresent()
                && outerEnd.isPresent()
                && outerEnd.get().last().isBefore(outerStart.get().first());
        boolean counts = consent.get("status").asString().equals("active");
        if (policy == 0 || signed.isEmpty() || inverted || outerInverted || !counts) {
            return;
        }
        LocalDate from = start.map(time -> time.last().toLocalDate())
                .orElse(signed.get().last().toLocalDate());
        LocalDate until = end.map(time -> time.first().toLocalDate()).orElse(FOREVER);
        if (outerStart.isPresent() && outerStart.get().last().toLocalDate().isAfter(from)) {
            from = outerStart.get().last().toLocalDate();
        }
        if (outerEnd.isPresent() && outerEnd.get().first().toLocalDate().isBefore(until)) {
            until = outerEnd.get().first().toLocalDate();
        }
        LocalDate order = signed.get().first().toLocalDate();
        if (consent.has("category") && from.isBefore(order)) {
            order = from;
        }
        if (!from.isAfter(until)) {
            said.add(new Said(
                    id, true, policy, from, until, order, signed.get().last().toLocalDate()));
        }
    }
}
