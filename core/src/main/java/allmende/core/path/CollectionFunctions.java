package allmende.core.path;

import allmende.core.path.Functions.Function;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Existence, filtering, subsetting and combining (FHIRPath 2.0, sections 5.1 to 5.4). */
final class CollectionFunctions {

    private CollectionFunctions() {}

    static List<Function> all() {
        List<Function> functions = new ArrayList<>(existence());
        functions.addAll(truths());
        functions.addAll(subsets());
        functions.addAll(combinations());
        return functions;
    }

    private static List<Function> existence() {
        return List.of(
                new Function(
                        "empty",
                        0,
                        0,
                        (in, _) -> scope -> Items.truth(in.run(scope).isEmpty())),
                new Function("exists", 0, 1, CollectionFunctions::exists),
                new Function("all", 1, 1, (in, args) -> {
                    Op criterion = args.each(0);
                    return scope -> Items.truth(filtered(in.run(scope), criterion, scope, args.position())
                                    .size()
                            == in.run(scope).size());
                }),
                new Function(
                        "count",
                        0,
                        0,
                        (in, _) -> scope -> Items.whole(in.run(scope).size())),
                new Function("distinct", 0, 0, (in, _) -> scope -> Items.distinct(in.run(scope))),
                new Function("isDistinct", 0, 0, (in, _) -> scope -> {
                    List<Item> items = in.run(scope);
                    return Items.truth(Items.distinct(items).size() == items.size());
                }),
                new Function("subsetOf", 1, 1, (in, args) -> within(in, argument(args))),
                new Function("supersetOf", 1, 1, (in, args) -> within(argument(args), in)));
    }

    private static Op exists(Op in, Arguments args) {
        if (args.count() == 0) {
            return scope -> Items.truth(!in.run(scope).isEmpty());
        }
        Op criterion = args.each(0);
        return scope -> Items.truth(
                !filtered(in.run(scope), criterion, scope, args.position()).isEmpty());
    }

    private static Op within(Op one, Op other) {
        return scope -> {
            List<Item> all = other.run(scope);
            return Items.truth(one.run(scope).stream().allMatch(item -> Items.isIn(item, all)));
        };
    }

    /** An argument that is evaluated over what the whole call is evaluated over. */
    private static Op argument(Arguments args) {
        return args.each(0);
    }

    private static List<Function> truths() {
        return List.of(
                truths("allTrue", truths -> truths.stream().allMatch(truth -> truth)),
                truths("anyTrue", truths -> truths.contains(true)),
                truths("allFalse", truths -> truths.stream().noneMatch(truth -> truth)),
                truths("anyFalse", truths -> truths.contains(false)));
    }

    private static Function truths(String name, Predicate<List<Boolean>> wanted) {
        return new Function(name, 0, 0, (in, args) -> scope -> {
            List<Boolean> truths = new ArrayList<>();
            for (Item item : in.run(scope)) {
                if (!(item.value() instanceof Item.Truth(boolean truth))) {
                    throw new PathFault(args.position(), name + "() needs truths");
                }
                truths.add(truth);
            }
            return Items.truth(wanted.test(truths));
        });
    }

    private static List<Function> subsets() {
        return List.of(
                new Function("where", 1, 1, (in, args) -> {
                    Op criterion = args.each(0);
                    return scope -> filtered(in.run(scope), criterion, scope, args.position());
                }),
                new Function("select", 1, 1, (in, args) -> {
                    Op projection = args.each(0);
                    return scope -> projected(in.run(scope), projection, scope);
                }),
                new Function("repeat", 1, 1, CollectionFunctions::repeat),
                new Function(
                        "ofType",
                        1,
                        1,
                        (in, args) -> Types.compile(Types.Test.OF_TYPE, in, args.type(0), args.position())),
                new Function("first", 0, 0, (in, _) -> scope -> part(in.run(scope), 0, 1)),
                new Function("last", 0, 0, (in, _) -> scope -> {
                    List<Item> items = in.run(scope);
                    return part(items, items.size() - 1, items.size());
                }),
                new Function("tail", 0, 0, (in, _) -> scope -> part(in.run(scope), 1, Integer.MAX_VALUE)),
                cut("skip", count -> new int[] {count, Integer.MAX_VALUE}),
                cut("take", count -> new int[] {0, count}),
                new Function("single", 0, 0, (in, args) -> scope -> {
                    List<Item> items = in.run(scope);
                    Items.single(items, args.position());
                    return items;
                }));
    }

    private static Function cut(String name, IntFunction<int[]> range) {
        return new Function(name, 1, 1, (in, args) -> {
            Op count = args.each(0);
            return scope -> {
                Integer number = Items.integer(count.run(scope), args.position());
                int[] kept = range.apply(number == null ? 0 : number);
                return part(in.run(scope), kept[0], kept[1]);
            };
        });
    }

    private static List<Item> part(List<Item> items, int from, int to) {
        int start = Math.max(0, from);
        int end = Math.min(items.size(), Math.max(0, to));
        return start >= end ? List.of() : items.subList(start, end);
    }

    static List<Item> filtered(List<Item> items, Op criterion, Scope scope, int position) {
        List<Item> kept = new ArrayList<>(Math.min(items.size(), 4));
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (Boolean.TRUE.equals(Items.condition(criterion.run(scope.at(item, i)), position))) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static List<Item> projected(List<Item> items, Op projection, Scope scope) {
        List<Item> found = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            found.addAll(projection.run(scope.at(items.get(i), i)));
        }
        return found;
    }

    /** All that the projection finds, and what it finds in that, and so on; each item once. */
    private static Op repeat(Op in, Arguments args) {
        Op projection = args.each(0);
        return scope -> {
            List<Item> found = new ArrayList<>();
            Deque<Item> open = new ArrayDeque<>(in.run(scope));
            while (!open.isEmpty()) {
                for (Item item : projection.run(scope.at(open.removeFirst(), 0))) {
                    if (!Items.isIn(item, found)) {
                        found.add(item);
                        open.addLast(item);
                    }
                }
            }
            return found;
        };
    }

    private static List<Function> combinations() {
        return List.of(
                new Function("union", 1, 1, (in, args) -> {
                    Op other = argument(args);
                    return scope -> Operations.union(in.run(scope), other.run(scope));
                }),
                new Function("combine", 1, 1, (in, args) -> {
                    Op other = argument(args);
                    return scope -> {
                        List<Item> all = new ArrayList<>(in.run(scope));
                        all.addAll(other.run(scope));
                        return all;
                    };
                }),
                new Function("intersect", 1, 1, (in, args) -> {
                    Op other = argument(args);
                    return scope -> {
                        List<Item> wanted = other.run(scope);
                        return Items.distinct(in.run(scope).stream()
                                .filter(item -> Items.isIn(item, wanted))
                                .toList());
                    };
                }),
                new Function("exclude", 1, 1, (in, args) -> {
                    Op other = argument(args);
                    return scope -> {
                        List<Item> unwanted = other.run(scope);
                        return in.run(scope).stream()
                                .filter(item -> !Items.isIn(item, unwanted))
                                .toList();
                    };
                }));
    }
}
