package allmende.app.concepts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What the pages of the search carry from address to address.
 *
 * @param q what was typed
 * @param context code of a context, or {@code module:} and the name of a module; blank or null for all
 * @param module name of a module; blank or null for all
 * @param system URI of a code system; blank or null for all
 * @param withData only what sites have
 * @param offset number of concepts before the page
 * @param code the concept that is looked at in its tree
 * @param target local path below {@code /workbench/} to which chosen concepts are posted; null where nothing is chosen
 * @param swap id of the element that the answer to a choice replaces; null where the answer is a whole page
 * @param fixed whether the context can't be chosen otherwise
 * @param only URIs of the code systems to choose from; null or empty for all
 */
public record ConceptAddress(
        @Nullable String q,
        @Nullable String context,
        @Nullable String module,
        @Nullable String system,
        @Nullable Boolean withData,
        @Nullable Integer offset,
        @Nullable String code,
        @Nullable String target,
        @Nullable String swap,
        @Nullable Boolean fixed,
        @Nullable List<String> only) {

    private static final Pattern TARGET = Pattern.compile("/workbench/[A-Za-z0-9/_~.,;:=&?%+-]{0,500}");
    private static final Pattern ORIGIN = Pattern.compile("/workbench/[0-9]+(?:/selection)?");
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,60}");
    private static final String MODULE = "module:";
    private static final int SYSTEMS_MAX = 20;
    private static final int TEXT_MAX = 300;
    private static final int OFFSET_MAX = 100_000;

    public ConceptAddress {
        q = q == null ? "" : q.substring(0, Math.min(q.length(), TEXT_MAX));
        String whole = context != null && context.startsWith(MODULE) ? context.substring(MODULE.length()) : null;
        module = blankIsNull(whole == null ? module : whole);
        context = whole == null ? blankIsNull(context) : null;
        system = blankIsNull(system);
        withData = Boolean.TRUE.equals(withData);
        offset = offset == null ? 0 : Math.clamp((long) offset, 0, OFFSET_MAX);
        code = blankIsNull(code);
        target = safeTarget(target);
        swap = swap == null || !ID.matcher(swap).matches() ? null : swap;
        fixed = Boolean.TRUE.equals(fixed);
        only = only == null
                ? List.of()
                : only.stream().filter(uri -> !uri.isBlank()).limit(SYSTEMS_MAX).toList();
    }

    /** The target if it is a path below {@code /workbench/} and nothing else; else null, so that nothing can be chosen. */
    static @Nullable String safeTarget(@Nullable String target) {
        boolean safe = target != null
                && TARGET.matcher(target).matches()
                && !target.contains("//")
                && !target.contains("..")
                && !target.contains("%2e")
                && !target.contains("%2E");
        return safe ? target : null;
    }

    /** What was typed; empty for nothing. */
    public String text() {
        return q == null ? "" : q;
    }

    /** The filter that the address names. */
    public ConceptFilter filter() {
        return new ConceptFilter(context, module, system, onlyWithData(), systems());
    }

    /** URIs of the code systems to choose from; empty for all. */
    public List<String> systems() {
        return only == null ? List.of() : only;
    }

    /** Whether the context can't be chosen otherwise. */
    public boolean contextFixed() {
        return Boolean.TRUE.equals(fixed);
    }

    /** What a form sends for all contexts of a module. */
    static String wholeModule(String name) {
        return MODULE + name;
    }

    /** Whether only what sites have is wanted. */
    public boolean onlyWithData() {
        return Boolean.TRUE.equals(withData);
    }

    /** Number of concepts before the page. */
    public int start() {
        return offset == null ? 0 : offset;
    }

    /** The same search from another place on. */
    public String page(int from) {
        return address("/concepts", context, from);
    }

    /** The same search in another context; null for all. */
    public String in(@Nullable String other) {
        return address("/concepts", other, 0);
    }

    /**
     * The address of a search for concepts of one context.
     *
     * @param target see {@link ConceptAddress}
     * @param systems URIs of the code systems to choose from; empty for all
     */
    public static ConceptAddress choosing(String target, String context, List<String> systems) {
        return new ConceptAddress(null, context, null, null, null, null, null, target, null, true, systems);
    }

    /** The same search as a part of another page. */
    public String panel() {
        return address("/concepts/panel", context, 0);
    }

    /** The page that what is chosen belongs to; null where nothing is chosen. */
    public @Nullable String origin() {
        Matcher matcher = target == null ? null : ORIGIN.matcher(target);
        return matcher != null && matcher.lookingAt() ? matcher.group() : null;
    }

    /** The search that this address is part of. */
    public String search() {
        return in(context);
    }

    /** A page beside the search that keeps what a choice is for. */
    public String beside(String page) {
        StringBuilder address = new StringBuilder();
        add(address, "context", contextFixed() ? context : null);
        return "/concepts/" + page + "?" + choice(address);
    }

    /** The place of a concept in its tree. */
    public String tree(Concept concept) {
        return "/concepts/tree?" + at(concept);
    }

    /** All about a concept. */
    public String details(Concept concept) {
        return "/concepts/concept?" + at(concept);
    }

    private StringBuilder at(Concept concept) {
        StringBuilder address = new StringBuilder();
        add(address, "q", text());
        add(address, "context", concept.context());
        add(address, "system", concept.system());
        add(address, "code", concept.code());
        return choice(address);
    }

    /** The top of a code system in a context. */
    public String top(String ofContext, String ofSystem) {
        StringBuilder address = new StringBuilder();
        add(address, "context", ofContext);
        add(address, "system", ofSystem);
        return "/concepts/tree?" + choice(address);
    }

    private String address(String path, @Nullable String inContext, int from) {
        StringBuilder address = new StringBuilder();
        add(address, "q", text());
        add(address, "context", inContext);
        add(address, "module", module);
        add(address, "system", system);
        add(address, "withData", onlyWithData() ? "true" : null);
        add(address, "offset", from > 0 ? Integer.toString(from) : null);
        return path + "?" + choice(address);
    }

    private StringBuilder choice(StringBuilder address) {
        add(address, "target", target);
        add(address, "swap", swap);
        add(address, "fixed", contextFixed() ? "true" : null);
        systems().forEach(uri -> add(address, "only", uri));
        return address;
    }

    private static void add(StringBuilder address, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            address.append(address.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(UriUtils.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
