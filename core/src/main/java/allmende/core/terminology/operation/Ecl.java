package allmende.core.terminology.operation;

import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of SNOMED's Expression Constraint Language that speaks of the hierarchy: {@code <}, {@code <<}, {@code <!},
 * {@code >}, {@code >>}, {@code >!}, {@code *}, parentheses, {@code AND}, {@code OR}, {@code MINUS}. Refinements, reference
 * sets and filters are refused, never passed over.
 */
final class Ecl {

    /** Longest expression in characters, and deepest nesting of parentheses. */
    private static final int LENGTH_MAX = 10_000;

    private static final int DEPTH_MAX = 50;

    private final ConceptTable table;
    private String text = "";
    private int at;
    private int depth;

    Ecl(ConceptTable table) {
        this.table = table;
    }

    /** Ends reading. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Gap.Kind kind;

        Refused(Gap.Kind kind, String reason) {
            super(reason, null, false, false);
            this.kind = kind;
        }
    }

    Filters.Result evaluate(String expression) {
        if (expression.length() > LENGTH_MAX) {
            return new Filters.Result.Not(Gap.Kind.TOO_COSTLY, "The expression constraint is too long.");
        }
        text = expression;
        at = 0;
        try {
            BitSet concepts = expression();
            if (at < text.length()) {
                throw unsupported();
            }
            return new Filters.Result.Concepts(concepts);
        } catch (Refused refused) {
            return new Filters.Result.Not(refused.kind, String.valueOf(refused.getMessage()));
        }
    }

    private BitSet expression() {
        if (++depth > DEPTH_MAX) {
            throw new Refused(Gap.Kind.TOO_COSTLY, "The expression constraint is nested too deep.");
        }
        BitSet left = term();
        String first = null;
        for (String operator = operator(); operator != null; operator = operator()) {
            if (first != null && (!operator.equals(first) || operator.equals("MINUS"))) {
                throw new Refused(
                        Gap.Kind.INVALID,
                        "The expression constraint mixes operators without parentheses at " + place());
            }
            first = operator;
            BitSet right = term();
            switch (operator) {
                case "AND" -> left.and(right);
                case "OR" -> left.or(right);
                default -> left.andNot(right);
            }
        }
        depth--;
        return left;
    }

    private @Nullable String operator() {
        blanks();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            return "AND";
        }
        for (String operator : new String[] {"AND", "OR", "MINUS"}) {
            if (text.toUpperCase(Locale.ROOT).startsWith(operator, at)
                    && at + operator.length() < text.length()
                    && !Character.isLetterOrDigit(text.charAt(at + operator.length()))) {
                at += operator.length();
                return operator;
            }
        }
        return null;
    }

    private BitSet term() {
        blanks();
        for (String sign : new String[] {"<<", "<!", "<", ">>", ">!", ">"}) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return applied(sign, focus());
            }
        }
        return focus();
    }

    private BitSet focus() {
        blanks();
        if (at == text.length()) {
            throw new Refused(Gap.Kind.INVALID, "The expression constraint ends too early.");
        }
        char next = text.charAt(at);
        if (next == '(') {
            at++;
            BitSet inner = expression();
            blanks();
            if (at == text.length()) {
                throw new Refused(Gap.Kind.INVALID, "The expression constraint lacks a closing parenthesis.");
            }
            if (text.charAt(at) != ')') {
                throw unsupported();
            }
            at++;
            return inner;
        }
        if (next == '*') {
            at++;
            return active();
        }
        return concept();
    }

    private BitSet concept() {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unsupported();
        }
        BitSet found = new BitSet();
        int concept = table.find(text.substring(start, at));
        if (concept >= 0) {
            found.set(concept);
        }
        blanks();
        if (at < text.length() && text.charAt(at) == '|') {
            int end = text.indexOf('|', at + 1);
            if (end < 0) {
                throw new Refused(Gap.Kind.INVALID, "The expression constraint lacks the end of a term.");
            }
            at = end + 1;
        }
        return found;
    }

    private BitSet applied(String sign, BitSet focus) {
        BitSet all = new BitSet(table.size());
        focus.stream().forEach(concept -> {
            BitSet one =
                    switch (sign) {
                        case "<", "<<" -> table.descendants(concept);
                        case ">", ">>" -> table.ancestors(concept);
                        case "<!" -> set(table.children(concept));
                        default -> set(table.parents(concept));
                    };
            one.set(concept, sign.equals("<<") || sign.equals(">>"));
            all.or(one);
        });
        return all;
    }

    private BitSet active() {
        BitSet all = new BitSet(table.size());
        for (int concept = 0; concept < table.size(); concept++) {
            all.set(concept, table.active(concept));
        }
        return all;
    }

    private static BitSet set(int[] concepts) {
        BitSet all = new BitSet();
        for (int concept : concepts) {
            all.set(concept);
        }
        return all;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Refused unsupported() {
        return new Refused(
                Gap.Kind.UNSUPPORTED,
                "Of expression constraints, this program evaluates the hierarchy with AND, OR and MINUS only; not what"
                        + " stands at " + place());
    }

    private String place() {
        return "character " + (at + 1) + ".";
    }
}
