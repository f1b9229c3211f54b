package allmende.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every file, whatever its language. */
final class FileRules {

    static final long MAX_BYTES = 1 << 20;

    // The words are put together here so that this file does not find itself.
    private static final Pattern LEFTOVER = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    /** Host names of package registries; which one serves a build is the builder's business. */
    private static final Pattern REGISTRY_HOST = Pattern.compile(
            "https?://[\\w.-]*(registry|artifactory|nexus|npmjs|repo1?\\.maven|maven\\.org|pypi|mirror)[\\w.-]*",
            Pattern.CASE_INSENSITIVE);

    /** Absolute paths of one person's machine. */
    private static final Pattern WORKPLACE =
            Pattern.compile("(?<![\\w.})>-])/(" + "work|ro" + "ot|ho" + "me/\\w+|Us" + "ers/\\w+)/");

    private static final Map<Pattern, String> FORBIDDEN = Map.of(
            LEFTOVER, "leftover marker",
            REGISTRY_HOST, "host of a package registry",
            WORKPLACE, "path of somebody's machine");

    private static final List<String> REQUIRED = List.of("LICENSE", "CHANGELOG.md", "README.md", "ARCHITECTURE.md");

    private FileRules() {}

    static List<Fault> check(Repository repository) {
        List<Fault> faults = new ArrayList<>();
        for (String required : REQUIRED) {
            if (!repository.files().contains(required)) {
                faults.add(new Fault(required, 0, "is missing"));
            }
        }
        for (String file : repository.files()) {
            checkSize(repository, file, faults);
            if (!file.equals("LICENSE")) {
                checkText(file, repository.text(file), faults);
            }
        }
        return faults;
    }

    private static void checkSize(Repository repository, String file, List<Fault> faults) {
        try {
            long bytes = Files.size(repository.path(file));
            if (bytes > MAX_BYTES) {
                faults.add(new Fault(file, 0, bytes + " bytes; a file in the repository has at most " + MAX_BYTES));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void checkText(String file, String text, List<Fault> faults) {
        boolean lockFile = file.endsWith("package-lock.json") || file.endsWith("npm-shrinkwrap.json");
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            for (Map.Entry<Pattern, String> forbidden : FORBIDDEN.entrySet()) {
                int at = number;
                found(forbidden.getKey(), line)
                        .map(hit -> new Fault(file, at, forbidden.getValue() + ": " + hit))
                        .ifPresent(faults::add);
            }
            if (lockFile && line.contains("\"resolved\"")) {
                faults.add(new Fault(file, number, "a lock file holds no download addresses"));
            }
        }
    }

    private static Optional<String> found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
