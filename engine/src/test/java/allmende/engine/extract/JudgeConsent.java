package allmende.engine.extract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Consent for the judge: asks every provision about every single day. Knows documents with whole dates and one code each. */
final class JudgeConsent {

    static final String POLICY = "2.16.840.1.113883.3.1937.777.24.5.3.";
    static final LocalDate LONG_AGO = LocalDate.of(2009, 1, 1);

    private final List<JsonNode> consents;
    private final List<JsonNode> encounters;
    private final LocalDate today;
    private final List<LocalDate> opened;
    private final Map<LocalDate, Boolean> usable = new HashMap<>();

    /** Two days, both inclusive, as a date stands for. */
    record Days(LocalDate first, LocalDate last) {}

    /**
     * Of a patient.
     *
     * @param past whether the job asks for what was before
     */
    JudgeConsent(List<JsonNode> consents, List<JsonNode> encounters, LocalDate today, boolean past) {
        this.consents = consents;
        this.encounters = encounters;
        this.today = today;
        this.opened = past ? opened() : List.of();
    }

    private boolean usable(LocalDate day) {
        return usable.computeIfAbsent(
                day, one -> permitted(6, one, true) || opened.stream().anyMatch(one::isBefore));
    }

    /** Why nothing may be used; null where something may. */
    @Nullable
    String refusal() {
        if (consents.isEmpty()) {
            return "no-consent";
        }
        if (!permitted(8, today, false)) {
            return "use-not-permitted";
        }
        return Stream.iterate(LONG_AGO, day -> !day.isAfter(today), day -> day.plusDays(1))
                        .anyMatch(this::usable)
                ? null
                : "nothing-collected";
    }

    /** Why a resource may not be used; null where it may. */
    @Nullable
    String withheld(JsonNode resource) {
        List<String> names =
                switch (resource.path("resourceType").asString("")) {
                    case "Condition" -> List.of("recordedDate", "onsetDateTime", "onsetPeriod");
                    case "Observation", "MedicationStatement" -> List.of("effectiveDateTime", "effectivePeriod");
                    case "Encounter" -> List.of("period");
                    default -> List.of();
                };
        if (names.isEmpty()) {
            return null;
        }
        JsonNode date = names.stream()
                .filter(resource::has)
                .map(resource::get)
                .findFirst()
                .orElse(null);
        if (date == null) {
            return "no-date";
        }
        Days days = days(date);
        if (days == null) {
            return "illegal-date";
        }
        boolean open = date.isObject() && !(date.has("start") && date.has("end"));
        LocalDate last =
                days.last().equals(LocalDate.MAX) ? (days.first().isAfter(today) ? days.first() : today) : days.last();
        LocalDate first = days.first().equals(LocalDate.MIN) ? LONG_AGO : days.first();
        boolean all = true;
        boolean some = false;
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            all &= usable(day);
            some |= usable(day);
        }
        boolean partial = date.isString() && date.stringValue().length() < 10;
        return all ? null : some && open ? "open-period" : some && partial ? "partial-date" : "outside-collection";
    }

    /** The days that a date or period stands for; null for one that does not exist. */
    static @Nullable Days days(JsonNode date) {
        if (date.isObject()) {
            Days start = date.has("start") ? days(date.path("start")) : new Days(LocalDate.MIN, LocalDate.MIN);
            Days end = date.has("end") ? days(date.path("end")) : new Days(LocalDate.MAX, LocalDate.MAX);
            return start == null || end == null ? null : new Days(start.first(), end.last());
        }
        String text = date.asString("");
        if (text.equals("2021-02-30")) {
            return null;
        }
        if (text.length() > 10) {
            Instant at = OffsetDateTime.parse(text).toInstant();
            LocalDate day = at.atZone(ZoneId.of("Europe/Berlin")).toLocalDate();
            return new Days(day, day);
        }
        LocalDate first = LocalDate.parse((text + "-01-01").substring(0, 10));
        return switch (text.length()) {
            case 4 -> new Days(first, first.plusYears(1).minusDays(1));
            case 7 -> new Days(first, YearMonth.from(first).atEndOfMonth());
            default -> new Days(first, first);
        };
    }

    private boolean permitted(int policy, LocalDate day, boolean stays) {
        LocalDate latest = LocalDate.MIN;
        boolean permitted = false;
        for (JsonNode consent : consents) {
            for (JsonNode provision : provisions(consent)) {
                LocalDate signed = signed(consent);
                if (counts(consent, provision)
                        && is(provision, policy)
                        && holds(signed, provision, day, stays)
                        && !signed.isBefore(latest)) {
                    permitted = isPermit(provision) && (permitted || signed.isAfter(latest));
                    latest = signed;
                }
            }
        }
        return permitted;
    }

    /** The beginnings before which all days are open. */
    private List<LocalDate> opened() {
        if (!permitted(45, today, false)) {
            return List.of();
        }
        Set<LocalDate> beginnings = new TreeSet<>();
        for (JsonNode consent : consents) {
            for (JsonNode collect : provisions(consent)) {
                if (counts(consent, collect)
                        && isPermit(collect)
                        && is(collect, 6)
                        && !begin(collect).isAfter(today)
                        && !deniedSince(signed(consent))
                        && together(signed(consent), collect)) {
                    beginnings.add(begin(collect));
                }
            }
        }
        return List.copyOf(beginnings);
    }

    private boolean together(LocalDate signed, JsonNode collect) {
        for (JsonNode consent : consents) {
            for (JsonNode before : provisions(consent)) {
                if (signed(consent).equals(signed) && counts(consent, before) && isPermit(before) && is(before, 45)) {
                    for (LocalDate day = LONG_AGO; day.getYear() < 2060; day = day.plusDays(1)) {
                        if (holds(signed, collect, day, false) && holds(signed, before, day, false)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private boolean deniedSince(LocalDate signed) {
        for (JsonNode consent : consents) {
            for (JsonNode denial : provisions(consent)) {
                if (counts(consent, denial)
                        && !isPermit(denial)
                        && is(denial, 6)
                        && !signed(consent).isBefore(signed)
                        && !begin(denial).isAfter(today)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Iterable<JsonNode> provisions(JsonNode consent) {
        return consent.path("provision").path("provision").values();
    }

    private static boolean isPermit(JsonNode provision) {
        return provision.path("type").asString("").equals("permit");
    }

    private static boolean is(JsonNode provision, int policy) {
        return provision
                .path("code")
                .path(0)
                .path("coding")
                .path(0)
                .path("code")
                .asString("")
                .equals(POLICY + policy);
    }

    /** A Consent without a date is the last of all. */
    private static LocalDate signed(JsonNode consent) {
        return consent.has("dateTime")
                ? LocalDate.parse(consent.path("dateTime").asString(""))
                : LocalDate.MAX;
    }

    private boolean counts(JsonNode consent, JsonNode provision) {
        boolean dated = consent.has("dateTime");
        if (dated && signed(consent).isAfter(today)) {
            return false;
        }
        return switch (consent.path("status").asString("")) {
            case "active" -> dated || !isPermit(provision);
            case "inactive" -> !isPermit(provision);
            default -> false;
        };
    }

    private static LocalDate begin(JsonNode provision) {
        return LocalDate.parse(provision.path("period").path("start").asString(""));
    }

    private boolean holds(LocalDate signed, JsonNode provision, LocalDate day, boolean stays) {
        LocalDate from = begin(provision);
        LocalDate begin = from;
        for (JsonNode encounter : stays && isPermit(provision) ? encounters : List.<JsonNode>of()) {
            JsonNode period = encounter.path("period");
            if (period.has("start") && !encounter.path("status").asString("").equals("cancelled")) {
                LocalDate start = LocalDate.parse(period.path("start").asString(""));
                LocalDate end =
                        period.has("end") ? LocalDate.parse(period.path("end").asString("")) : today;
                begin = start.isBefore(begin) && start.isBefore(from) && !from.isAfter(end) ? start : begin;
            }
        }
        boolean until = !provision.path("period").has("end")
                || !day.isAfter(
                        LocalDate.parse(provision.path("period").path("end").asString("")));
        LocalDate valid = from.isAfter(signed) ? from : signed;
        int years = is(provision, 6) ? 5 : 30;
        return !day.isBefore(begin) && until && (!isPermit(provision) || day.isBefore(valid.plusYears(years)));
    }
}
