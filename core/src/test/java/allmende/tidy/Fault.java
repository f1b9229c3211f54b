package allmende.tidy;

/**
 * Something that is not tidy.
 *
 * @param file path relative to the repository root
 * @param line line in it, from 1; 0 for the whole file
 * @param message what is wrong, and the rule
 */
record Fault(String file, long line, String message) {

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
