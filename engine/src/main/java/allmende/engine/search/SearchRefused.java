package allmende.engine.search;

/** Leaves the reading of a search where a part of it can't be carried out; caught where the answer is made. */
final class SearchRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    SearchRefused(Refusal.Code code, String parameter, String reason) {
        super(reason, null, false, false);
        this.refusal = new Refusal(code, parameter, reason);
    }

    Refusal refusal() {
        return refusal;
    }
}
