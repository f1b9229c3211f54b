package allmende.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java file of the repository as the compiler parses it.
 *
 * @param file path relative to the repository root
 * @param module first directory of the path: the Maven module
 * @param test whether it is test code
 */
record JavaSource(String file, String module, boolean test, String text, CompilationUnitTree unit, Trees trees) {

    static List<JavaSource> parse(Repository repository) throws IOException {
        List<String> files = repository.files(".java").toList();
        return parse(repository.root(), files, repository);
    }

    private static List<JavaSource> parse(Path root, List<String> files, Repository repository) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<JavaSource> sources = new ArrayList<>();
            if (files.isEmpty()) {
                return sources;
            }
            Iterable<? extends JavaFileObject> objects = manager.getJavaFileObjectsFromPaths(
                    files.stream().map(root::resolve).toList());
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    diagnostic -> {},
                    List.of("-proc:none", "-XDshould-stop.ifError=PARSE"),
                    null,
                    objects);
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                String file = root.relativize(Path.of(unit.getSourceFile().toUri()))
                        .toString()
                        .replace('\\', '/');
                sources.add(new JavaSource(
                        file,
                        file.substring(0, Math.max(0, file.indexOf('/'))),
                        file.contains("/src/test/"),
                        repository.text(file),
                        unit,
                        trees));
            }
            return sources;
        }
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    long lines() {
        return text.lines().count();
    }

    long startLine(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    long endLine(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree));
    }
}
