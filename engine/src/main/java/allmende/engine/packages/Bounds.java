package allmende.engine.packages;

/**
 * What a package may be at most: generous for every package published, small enough that a hostile one fills neither disk
 * nor memory.
 *
 * @param packedBytes size of the file
 * @param fileBytes size of one file in it
 * @param bytes size of all files together
 * @param files number of files
 * @param ratio bytes unpacked per byte packed, beyond the first {@link #FREE_BYTES}
 */
record Bounds(long packedBytes, int fileBytes, long bytes, int files, int ratio) {

    static final long FREE_BYTES = 16L << 20;

    static final Bounds STANDARD = new Bounds(512L << 20, 256 << 20, 4L << 30, 100_000, 150);

    boolean allowsInAll(long unpacked, long packed) {
        return unpacked <= bytes && unpacked <= FREE_BYTES + packed * ratio;
    }
}
