package allmende.core.terminology;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Many texts in one array of bytes, by number; an empty one counts as none. */
record TextList(byte[] bytes, int[] ends) {

    static TextList of(List<String> texts) {
        StringBuilder all = new StringBuilder();
        int[] ends = new int[texts.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            String text = texts.get(i);
            all.append(text);
            end += text.getBytes(StandardCharsets.UTF_8).length;
            ends[i] = end;
        }
        return new TextList(all.toString().getBytes(StandardCharsets.UTF_8), ends);
    }

    Optional<String> get(int number) {
        int start = number == 0 ? 0 : ends[number - 1];
        int length = ends[number] - start;
        return length == 0 ? Optional.empty() : Optional.of(new String(bytes, start, length, StandardCharsets.UTF_8));
    }
}
