package allmende.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the code declares, so that documents can be held to it. */
final class DeclaredNames {

    private final Map<String, Set<String>> membersByType = new HashMap<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> imported = new HashSet<>();
    private final Set<String> literals = new HashSet<>();
    private final Set<String> words = new HashSet<>();

    DeclaredNames(List<JavaSource> sources, List<String> otherTexts) {
        for (JavaSource source : sources) {
            addPackages(source.packageName());
            new Collector().scan(source.unit(), null);
        }
        for (String text : otherTexts) {
            words.addAll(List.of(text.split("[^\\w.-]+")));
        }
    }

    private void addPackages(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            packages.add(name.substring(0, end));
        }
    }

    boolean isType(String simpleName) {
        return membersByType.containsKey(simpleName);
    }

    boolean isPackage(String name) {
        return packages.stream().anyMatch(known -> known.equals(name) || known.endsWith("." + name));
    }

    /** A member of the type, or a type nested in it. */
    boolean hasMember(String type, String member) {
        return membersByType.getOrDefault(type, Set.of()).contains(member);
    }

    /** A name of someone else's: of a library that the code imports, of FHIR, or a word in a text that the code reads. */
    boolean isForeign(String name) {
        return imported.contains(name) || literals.contains(name) || words.contains(name);
    }

    boolean isLiteral(String text) {
        return literals.contains(text);
    }

    /** Walks one file; the argument is the simple name of the enclosing type. */
    private final class Collector extends TreeScanner<Void, String> {

        private void member(String type, CharSequence name) {
            if (type != null) {
                membersByType.get(type).add(name.toString());
            }
        }

        @Override
        public Void visitClass(ClassTree node, String enclosing) {
            String name = node.getSimpleName().toString();
            if (name.isEmpty()) {
                return super.visitClass(node, enclosing);
            }
            membersByType.computeIfAbsent(name, any -> new HashSet<>());
            member(enclosing, name);
            return super.visitClass(node, name);
        }

        @Override
        public Void visitMethod(MethodTree node, String enclosing) {
            member(enclosing, node.getName());
            return super.visitMethod(node, enclosing);
        }

        @Override
        public Void visitVariable(VariableTree node, String enclosing) {
            member(enclosing, node.getName());
            return super.visitVariable(node, enclosing);
        }

        @Override
        public Void visitImport(ImportTree node, String enclosing) {
            String name = node.getQualifiedIdentifier().toString();
            imported.add(name.substring(name.lastIndexOf('.') + 1));
            return null;
        }

        @Override
        public Void visitLiteral(LiteralTree node, String enclosing) {
            if (node.getValue() instanceof String text) {
                literals.add(text);
            }
            return null;
        }
    }
}
