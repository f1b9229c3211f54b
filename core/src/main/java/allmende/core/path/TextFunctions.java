package allmende.core.path;

import allmende.core.path.Functions.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions over texts (FHIRPath 2.0, section 5.6). Regular expressions are left out: they may take for ever. */
final class TextFunctions {

    private TextFunctions() {}

    static List<Function> all() {
        return List.of(
                with("startsWith", (text, part) -> Items.truth(text.startsWith(part))),
                with("endsWith", (text, part) -> Items.truth(text.endsWith(part))),
                with("contains", (text, part) -> Items.truth(text.contains(part))),
                with("indexOf", (text, part) -> Items.whole(text.indexOf(part))),
                with("split", (text, part) -> Pattern.compile(part, Pattern.LITERAL)
                        .splitAsStream(text)
                        .<Item>map(Item.Text::new)
                        .toList()),
                changed("upper", text -> text.toUpperCase(Locale.ROOT)),
                changed("lower", text -> text.toLowerCase(Locale.ROOT)),
                changed("trim", String::strip),
                new Function("length", 0, 0, (in, args) -> scope -> {
                    String text = Items.text(in.run(scope), args.position());
                    return text == null ? List.of() : Items.whole(text.length());
                }),
                new Function("toChars", 0, 0, (in, args) -> scope -> {
                    String text = Items.text(in.run(scope), args.position());
                    return text == null
                            ? List.of()
                            : text.codePoints()
                                    .<Item>mapToObj(letter -> new Item.Text(Character.toString(letter)))
                                    .toList();
                }),
                new Function("substring", 1, 2, TextFunctions::substring),
                new Function("replace", 2, 2, TextFunctions::replace),
                new Function("join", 0, 1, TextFunctions::join));
    }

    private static Function with(String name, BiFunction<String, String, List<Item>> function) {
        return new Function(name, 1, 1, (in, args) -> {
            Op argument = args.each(0);
            return scope -> {
                String text = Items.text(in.run(scope), args.position());
                String part = Items.text(argument.run(scope), args.position());
                return text == null || part == null ? List.of() : function.apply(text, part);
            };
        });
    }

    private static Function changed(String name, UnaryOperator<String> change) {
        return new Function(name, 0, 0, (in, args) -> scope -> {
            String text = Items.text(in.run(scope), args.position());
            return text == null ? List.of() : Items.text(change.apply(text));
        });
    }

    private static Op substring(Op in, Arguments args) {
        Op start = args.each(0);
        Op length = args.or(1, _ -> List.of());
        return scope -> {
            String text = Items.text(in.run(scope), args.position());
            Integer from = Items.integer(start.run(scope), args.position());
            if (text == null || from == null || from < 0 || from >= text.length()) {
                return List.of();
            }
            Integer letters = Items.integer(length.run(scope), args.position());
            long end = letters == null ? text.length() : Math.min(text.length(), from + Math.max(0L, letters));
            return Items.text(text.substring(from, (int) end));
        };
    }

    private static Op replace(Op in, Arguments args) {
        Op pattern = args.each(0);
        Op replacement = args.each(1);
        return scope -> {
            String text = Items.text(in.run(scope), args.position());
            String old = Items.text(pattern.run(scope), args.position());
            String fresh = Items.text(replacement.run(scope), args.position());
            return text == null || old == null || fresh == null ? List.of() : Items.text(text.replace(old, fresh));
        };
    }

    /** Of nothing it is the empty text, as SQL on FHIR's tests ask; FHIRPath leaves it open. */
    private static Op join(Op in, Arguments args) {
        Op separator = args.or(0, _ -> Items.text(""));
        return scope -> {
            List<String> texts = new ArrayList<>();
            for (Item item : in.run(scope)) {
                texts.add(joined(item, args.position()));
            }
            String between = Items.text(separator.run(scope), args.position());
            return Items.text(texts.stream().collect(Collectors.joining(between == null ? "" : between)));
        };
    }

    private static String joined(Item item, int position) {
        @Nullable String text = Items.text(List.of(item), position);
        return text == null ? "" : text;
    }
}
