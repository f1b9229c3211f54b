package allmende.app.cli;

/** Ends a command with exit code 1: one sentence that says what is wrong, one that says what to do. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String advice;

    CommandFailure(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
