package allmende.core.path;

/** The binary operators of FHIRPath 2.0, section 6.8, with how tightly they bind. */
enum Operator {
    IMPLIES("implies", 1),
    OR("or", 2),
    XOR("xor", 2),
    AND("and", 3),
    IN("in", 4),
    CONTAINS("contains", 4),
    EQUAL("=", 5),
    NOT_EQUAL("!=", 5),
    EQUIVALENT("~", 5),
    NOT_EQUIVALENT("!~", 5),
    LESS("<", 6),
    LESS_OR_EQUAL("<=", 6),
    GREATER(">", 6),
    GREATER_OR_EQUAL(">=", 6),
    UNION("|", 7),
    PLUS("+", 9),
    MINUS("-", 9),
    JOIN("&", 9),
    TIMES("*", 10),
    DIVIDED("/", 10),
    DIV("div", 10),
    MOD("mod", 10);

    /** {@code is} and {@code as} bind between {@code |} and {@code +}. */
    static final int TYPE_BINDING = 8;

    private final String sign;
    private final int binding;

    Operator(String sign, int binding) {
        this.sign = sign;
        this.binding = binding;
    }

    String sign() {
        return sign;
    }

    /** Higher binds tighter. */
    int binding() {
        return binding;
    }
}
