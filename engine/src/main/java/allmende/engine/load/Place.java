package allmende.engine.load;

/**
 * Where in an input a piece is.
 *
 * @param line from 1; 0 where the input is one document
 * @param entry index in the bundle; -1 where it is no entry
 * @param offset where the rest begins that could not be read; -1 where it is no such rest
 */
record Place(long line, int entry, long offset) {

    /** The whole document. */
    static final Place WHOLE = new Place(0, -1, -1);

    static Place line(long line) {
        return new Place(line, -1, -1);
    }

    static Place restFrom(long offset) {
        return new Place(0, -1, offset);
    }

    Place entry(int index) {
        return new Place(line, index, -1);
    }

    /** As people read it: {@code line 17}, {@code entry[3]}, {@code line 17, entry[3]}; empty for the whole. */
    String label() {
        String inLine = line > 0 ? "line " + line : "";
        if (entry >= 0) {
            return inLine + (inLine.isEmpty() ? "" : ", ") + "entry[" + entry + "]";
        }
        return offset >= 0 ? inLine + (inLine.isEmpty() ? "" : ", ") + "rest from byte " + offset : inLine;
    }
}
