package allmende.engine.search;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be searched for in a resource type, and what is kept in the index for it. Immutable. */
final class TypeModel {

    private final String type;
    private final SortedMap<String, Param> params;
    private final List<Field> fields;
    private final List<Param.Tuple.Repeated> tuples;

    TypeModel(String type, Map<String, Param> params) {
        this.type = type;
        this.params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        Map<String, Field> byName = new LinkedHashMap<>();
        Map<String, Param.Tuple.Repeated> repeated = new LinkedHashMap<>();
        for (Param param : this.params.values()) {
            switch (param) {
                case Param.Plain plain -> byName.put(plain.field().name(), plain.field());
                case Param.Composite composite ->
                    composite.tuples().forEach(tuple -> {
                        switch (tuple) {
                            case Param.Tuple.Whole(List<Field> parts) ->
                                parts.forEach(field -> byName.put(field.name(), field));
                            case Param.Tuple.Repeated elements -> repeated.put(elements.name(), elements);
                        }
                    });
            }
        }
        this.fields = List.copyOf(byName.values());
        this.tuples = List.copyOf(repeated.values());
    }

    /** The resource type. */
    String type() {
        return type;
    }

    /** The parameter of this name, null if there is none. */
    @Nullable
    Param param(String code) {
        return params.get(code);
    }

    /** All parameters, by name. */
    Collection<Param> params() {
        return params.values();
    }

    /** What is kept for each resource. */
    List<Field> fields() {
        return fields;
    }

    /** What is kept for each resource's repeating elements. */
    List<Param.Tuple.Repeated> tuples() {
        return tuples;
    }
}
