package allmende.core.explain;

import allmende.core.explain.Sentence.Kind;
import allmende.core.explain.Sentence.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts parts of a sentence beside each other, with a space between them where one belongs. */
final class Words {

    private static final String NO_SPACE_BEFORE = ",.;:)";
    private static final String NO_SPACE_AFTER = "(";

    private final List<Part> parts = new ArrayList<>();

    void add(String text, @Nullable String pointer, Kind kind) {
        if (text.isEmpty()) {
            return;
        }
        boolean closing = NO_SPACE_BEFORE.indexOf(text.charAt(0)) >= 0;
        String space = parts.isEmpty() || closing || endsOpen() ? "" : " ";
        parts.add(new Part(space + text, pointer, kind));
    }

    void addAll(List<Part> more) {
        for (int index = 0; index < more.size(); index++) {
            Part part = more.get(index);
            if (index == 0) {
                add(part.text(), part.pointer(), part.kind());
            } else {
                parts.add(part);
            }
        }
    }

    private boolean endsOpen() {
        String last = parts.getLast().text();
        return NO_SPACE_AFTER.indexOf(last.charAt(last.length() - 1)) >= 0;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }
}
