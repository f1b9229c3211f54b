package allmende.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Budgets and forbidden calls in Java code. */
final class JavaRules {

    static final int MAX_FILE_LINES = 400;
    static final int MAX_METHOD_LINES = 60;
    static final int MAX_PARAMETERS = 5;

    private static final Pattern VAGUE_PACKAGE = Pattern.compile("(^|\\.)(common|commons|utils?|helpers?|misc)(\\.|$)");

    /** Calls that read a clock or chance; {@code core} is given both by its caller. */
    private static final Set<String> CLOCKS = Set.of(
            "Instant.now",
            "LocalDate.now",
            "LocalDateTime.now",
            "LocalTime.now",
            "ZonedDateTime.now",
            "OffsetDateTime.now",
            "Year.now",
            "YearMonth.now",
            "System.currentTimeMillis",
            "System.nanoTime",
            "Math.random",
            "UUID.randomUUID",
            "ThreadLocalRandom.current",
            "Clock.systemUTC",
            "Clock.systemDefaultZone");

    private JavaRules() {}

    static List<Fault> check(List<JavaSource> sources) {
        List<Fault> faults = new ArrayList<>();
        sources.forEach(source -> checkSource(source, faults));
        checkPackages(sources, faults);
        return faults;
    }

    private static void checkSource(JavaSource source, List<Fault> faults) {
        if (source.lines() > MAX_FILE_LINES) {
            faults.add(new Fault(source.file(), 0, source.lines() + " lines; a file has at most " + MAX_FILE_LINES));
        }
        if (VAGUE_PACKAGE.matcher(source.packageName()).find()) {
            faults.add(new Fault(source.file(), 0, "name the package by what it is, not " + source.packageName()));
        }
        new Scanner(source, faults).scan(source.unit(), null);
    }

    private static void checkPackages(List<JavaSource> sources, List<Fault> faults) {
        TreeMap<String, String> described = new TreeMap<>();
        for (JavaSource source : sources) {
            if (source.file().endsWith("/package-info.java")) {
                described.put(source.packageName(), source.file());
                if (source.unit().getPackage().getAnnotations().stream()
                        .noneMatch(annotation ->
                                annotation.getAnnotationType().toString().endsWith("NullMarked"))) {
                    faults.add(new Fault(source.file(), 0, "a package is @NullMarked"));
                }
                if (!source.text().contains("/**")) {
                    faults.add(new Fault(source.file(), 0, "a package says in a sentence what it is for"));
                }
            }
        }
        sources.stream()
                .filter(source -> !described.containsKey(source.packageName()))
                .map(source -> new Fault(parent(source.file()), 0, "no package-info.java"))
                .distinct()
                .forEach(faults::add);
    }

    private static String parent(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    /** Walks one file. */
    private static final class Scanner extends TreeScanner<Void, ClassTree> {

        private final JavaSource source;
        private final List<Fault> faults;

        Scanner(JavaSource source, List<Fault> faults) {
            this.source = source;
            this.faults = faults;
        }

        private void fault(Tree at, String message) {
            faults.add(new Fault(source.file(), source.startLine(at), message));
        }

        @Override
        public Void visitImport(ImportTree node, ClassTree enclosing) {
            String name = node.getQualifiedIdentifier().toString();
            boolean hapiAllowed =
                    source.module().equals("hapi") || (source.module().equals("synth") && source.test());
            if (name.startsWith("ca.uhn.") && !hapiAllowed) {
                fault(node, "HAPI is visible in module hapi only");
            }
            if (name.startsWith("com.fasterxml.jackson.databind") || name.startsWith("com.fasterxml.jackson.core")) {
                fault(node, "JSON is Jackson 3 (tools.jackson)");
            }
            if (name.startsWith("lombok.") || name.startsWith("org.mockito.")) {
                fault(node, "neither Lombok nor a mocking library");
            }
            return null;
        }

        @Override
        public Void visitClass(ClassTree node, ClassTree enclosing) {
            return super.visitClass(node, node);
        }

        @Override
        public Void visitMethod(MethodTree node, ClassTree enclosing) {
            long lines = source.endLine(node) - source.startLine(node) + 1;
            if (lines > MAX_METHOD_LINES) {
                fault(node, node.getName() + " has " + lines + " lines; a method has at most " + MAX_METHOD_LINES);
            }
            int parameters = node.getParameters().size();
            if (parameters > MAX_PARAMETERS && !isCanonical(node, enclosing)) {
                fault(node, node.getName() + " has " + parameters + " parameters; at most " + MAX_PARAMETERS);
            }
            return super.visitMethod(node, enclosing);
        }

        /** A record's own constructor takes what the record consists of. */
        private static boolean isCanonical(MethodTree method, ClassTree enclosing) {
            if (enclosing == null
                    || enclosing.getKind() != Tree.Kind.RECORD
                    || !method.getName().contentEquals("<init>")) {
                return false;
            }
            List<String> components = enclosing.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(field ->
                            !field.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.STATIC))
                    .map(field -> field.getName().toString())
                    .toList();
            return method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .toList()
                    .equals(components);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree node, ClassTree enclosing) {
            String called = node.getMethodSelect().toString();
            String simple = called.substring(called.lastIndexOf('.', called.lastIndexOf('.') - 1) + 1);
            if (inCore() && node.getArguments().isEmpty() && CLOCKS.contains(simple)) {
                fault(node, called + "() in core: clock and chance are passed in");
            }
            if (!source.test() && called.endsWith(".printStackTrace")) {
                fault(node, "nobody is shown a stack trace");
            }
            return super.visitMethodInvocation(node, enclosing);
        }

        @Override
        public Void visitNewClass(NewClassTree node, ClassTree enclosing) {
            String created = node.getIdentifier().toString();
            if (inCore()
                    && (created.endsWith("SecureRandom")
                            || (created.endsWith("Random")
                                    && node.getArguments().isEmpty()))) {
                fault(node, "new " + created + "() in core: chance is passed in");
            }
            return super.visitNewClass(node, enclosing);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree node, ClassTree enclosing) {
            String selected = node.toString();
            boolean console = selected.equals("System.out") || selected.equals("System.err");
            if (console && !source.test() && !speaksToTheConsole()) {
                fault(node, selected + ": only allmende.app.cli and the bench speak to the console");
            }
            return super.visitMemberSelect(node, enclosing);
        }

        private boolean inCore() {
            return source.module().equals("core") && !source.test();
        }

        private boolean speaksToTheConsole() {
            return source.module().equals("bench")
                    || source.packageName().equals("allmende.app.cli")
                    || source.packageName().startsWith("allmende.app.cli.");
        }
    }
}
