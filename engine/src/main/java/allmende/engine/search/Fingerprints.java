package allmende.engine.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What tells whether an index was made by the same definitions. */
final class Fingerprints {

    /** Grows with each change of how values are kept. */
    private static final int FORMAT = 1;

    private Fingerprints() {}

    static String of(TypeModel model) {
        List<String> told = new ArrayList<>();
        model.fields().forEach(field -> told.add(told(field)));
        for (Param.Tuple.Repeated tuple : model.tuples()) {
            StringBuilder text = new StringBuilder(tuple.name()).append(told(tuple.elements()));
            tuple.components().forEach(component -> text.append(told(component)));
            told.add(text.toString());
        }
        Collections.sort(told);
        return FORMAT + "-" + Long.toHexString(Hash.of(String.join("\n", told)));
    }

    private static String told(Field field) {
        StringBuilder text = new StringBuilder(field.name()).append(' ').append(field.type());
        field.parts().forEach(part -> text.append(' ')
                .append(part.path().text())
                .append(part.targets().stream().sorted().toList()));
        return text.toString();
    }
}
