package allmende.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Documents name only what exists: links, files, classes, commands, options and configuration keys. */
final class DocumentRules {

    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE =
            Pattern.compile("@?(?:[a-z][\\w]*\\.)*([A-Z][a-z]\\w*)((?:\\.\\w+)*)(?:\\(.*\\))?");
    private static final Pattern KEY = Pattern.compile("allmende(?:\\.[a-z][\\w-]*)+");
    private static final Pattern FILE = Pattern.compile("[\\w.*-]+(?:/[\\w.*-]+)+/?");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][\\w-]*");
    private static final Pattern COMMAND = Pattern.compile("(?:^|\\s)\\./allmende((?:\\s+[a-z][a-z-]*)*)");

    /** Names of FHIR and of the JDK that no source needs to mention. */
    private static final Set<String> COMMON_KNOWLEDGE =
            Set.of("Bundle", "Resource", "String", "Optional", "Period", "Reference", "Quantity", "Extension", "Java");

    /** Options that the command line library gives every command. */
    private static final Set<String> STANDARD_OPTIONS = Set.of("--help", "--version");

    private final Repository repository;
    private final DeclaredNames names;
    private final Set<String> topLevel;
    private final List<Fault> faults = new ArrayList<>();

    private DocumentRules(Repository repository, DeclaredNames names) {
        this.repository = repository;
        this.names = names;
        this.topLevel = Set.copyOf(repository.files().stream()
                .filter(file -> file.contains("/"))
                .map(file -> file.substring(0, file.indexOf('/')))
                .distinct()
                .toList());
    }

    static List<Fault> check(Repository repository, List<JavaSource> sources) {
        List<String> readByTheCode = repository.files().stream()
                .filter(file -> file.contains("/src/") && !file.endsWith(".java"))
                .filter(file -> Stream.of(".json", ".yml", ".properties", ".html", ".sql", ".xml", ".case")
                        .anyMatch(file::endsWith))
                .map(repository::text)
                .toList();
        DocumentRules rules = new DocumentRules(repository, new DeclaredNames(sources, readByTheCode));
        repository.files(".md").forEach(rules::checkDocument);
        return rules.faults;
    }

    private void checkDocument(String file) {
        boolean fenced = false;
        int number = 0;
        for (String line : repository.text(file).split("\n", -1)) {
            number++;
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (fenced) {
                checkCommands(file, number, line);
            } else {
                checkLinks(file, number, line);
                Matcher code = CODE.matcher(line);
                while (code.find()) {
                    checkCode(file, number, code.group(1).strip());
                }
            }
        }
    }

    private void fault(String file, int line, String message) {
        faults.add(new Fault(file, line, message));
    }

    private void checkLinks(String file, int number, String line) {
        Matcher link = LINK.matcher(CODE.matcher(line).replaceAll(""));
        while (link.find()) {
            String target = link.group(1).replaceFirst("#.*", "");
            boolean elsewhere = target.isEmpty() || target.matches("[a-z]+:.*");
            if (!elsewhere && !repository.exists(resolve(file, target))) {
                fault(file, number, "link to " + target + ", which is not there");
            }
        }
    }

    private static String resolve(String file, String target) {
        Path parent = Path.of(file).getParent();
        return (parent == null ? Path.of(target) : parent.resolve(target))
                .normalize()
                .toString();
    }

    private void checkCode(String file, int number, String code) {
        checkCommands(file, number, code);
        if (code.matches("--[a-z].*")) {
            checkOptions(file, number, code);
        } else if (KEY.matcher(code).matches()) {
            if (!names.isPackage(code) && !names.isForeign(code)) {
                fault(file, number, "neither a package nor a configuration key: " + code);
            }
        } else if (FILE.matcher(code).matches()) {
            checkPath(file, number, code);
        } else {
            checkType(file, number, code);
        }
    }

    private void checkPath(String file, int number, String path) {
        boolean ours = topLevel.contains(path.substring(0, path.indexOf('/')));
        if (ours && !path.contains("*") && !repository.exists(path) && !repository.exists(resolve(file, path))) {
            fault(file, number, "no such file: " + path);
        }
    }

    private void checkType(String file, int number, String code) {
        Matcher matcher = TYPE.matcher(code);
        if (!matcher.matches()) {
            return;
        }
        String type = matcher.group(1);
        if (COMMON_KNOWLEDGE.contains(type) || isOfTheLanguage(type)) {
            return;
        }
        if (!names.isType(type) && !names.isForeign(type)) {
            fault(file, number, "no such class: " + code);
            return;
        }
        String[] members = matcher.group(2).isEmpty()
                ? new String[0]
                : matcher.group(2).substring(1).split("\\.");
        boolean sure = names.isType(type) && !names.isForeign(type);
        if (sure && members.length > 0 && !names.hasMember(type, members[0])) {
            fault(file, number, type + " has no " + members[0]);
        }
    }

    private static boolean isOfTheLanguage(String type) {
        try {
            Class.forName("java.lang." + type, false, null);
            return true;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }

    private void checkCommands(String file, int number, String line) {
        Matcher command = COMMAND.matcher(line);
        while (command.find()) {
            Stream.of(command.group(1).strip().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .limit(1)
                    .filter(word -> !names.isLiteral(word))
                    .forEach(word -> fault(file, number, "no such command: ./allmende " + word));
            checkOptions(file, number, line);
        }
    }

    private void checkOptions(String file, int number, String line) {
        Matcher option = OPTION.matcher(line);
        while (option.find()) {
            if (!names.isLiteral(option.group()) && !STANDARD_OPTIONS.contains(option.group())) {
                fault(file, number, "no such option: " + option.group());
            }
        }
    }
}
