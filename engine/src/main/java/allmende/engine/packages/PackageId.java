package allmende.engine.packages;

import java.util.regex.Pattern;

/**
 * Name and version of a package. Both are also parts of a folder's name, so they hold nothing that a file system would
 * read otherwise.
 */
public record PackageId(String name, String version) {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");

    /**
     * A name and a version.
     *
     * @throws IllegalArgumentException if one of them can't be a part of a folder's name
     */
    public PackageId {
        if (!isSafe(name) || !isSafe(version)) {
            throw new IllegalArgumentException("a package's name and version are letters, digits and . _ + -");
        }
    }

    static boolean isSafe(String part) {
        return SAFE.matcher(part).matches() && !part.contains("..");
    }

    /** {@code name#version}, as people write it and as its folder is called. */
    @Override
    public String toString() {
        return name + "#" + version;
    }

    /**
     * Reads {@code name#version}.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static PackageId parse(String written) {
        int at = written.indexOf('#');
        if (at < 0) {
            throw new IllegalArgumentException("a package is written name#version");
        }
        return new PackageId(written.substring(0, at), written.substring(at + 1));
    }
}
