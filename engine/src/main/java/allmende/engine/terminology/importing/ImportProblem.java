package allmende.engine.terminology.importing;

/** Ends an import: the files can't be used at all. The message is a sentence for the operator. */
final class ImportProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    ImportProblem(String reason) {
        super(reason, null, false, false);
    }
}
