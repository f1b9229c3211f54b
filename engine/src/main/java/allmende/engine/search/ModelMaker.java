package allmende.engine.search;

import allmende.core.path.FhirPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the model of one type from the definitions that concern it. */
final class ModelMaker {

    private static final Logger LOG = LoggerFactory.getLogger(ModelMaker.class);

    private final String type;
    private final Map<String, ParamDefinition> byUrl;
    private final Map<String, Field> fields = new HashMap<>();

    private ModelMaker(String type, Map<String, ParamDefinition> byUrl) {
        this.type = type;
        this.byUrl = byUrl;
    }

    /**
     * The model of a type.
     *
     * @param definitions those of all types, by canonical; where two have one name for the type, the first stays
     */
    static TypeModel of(String type, Map<String, ParamDefinition> definitions) {
        ModelMaker maker = new ModelMaker(type, definitions);
        Map<String, Param> params = new LinkedHashMap<>();
        List<ParamDefinition> own =
                definitions.values().stream().filter(maker::isOwn).toList();
        for (ParamDefinition definition : own) {
            if (definition.type() != ParamType.COMPOSITE) {
                maker.add(maker.plain(definition), params);
            }
        }
        for (ParamDefinition definition : own) {
            if (definition.type() == ParamType.COMPOSITE) {
                maker.add(maker.composite(definition), params);
            }
        }
        return new TypeModel(type, params);
    }

    private boolean isOwn(ParamDefinition definition) {
        return definition.bases().contains(type)
                || definition.bases().contains("Resource")
                || definition.bases().contains("DomainResource");
    }

    private void add(@Nullable Param param, Map<String, Param> params) {
        if (param != null) {
            params.putIfAbsent(param.code(), param);
        }
    }

    private @Nullable Param plain(ParamDefinition definition) {
        if (SystemParams.CODES.contains(definition.code())) {
            return null;
        }
        List<Expressions.Part> parts = Expressions.parts(definition.expression(), type);
        Field field = field(definition.code(), definition.type(), parts);
        if (field == null) {
            return null;
        }
        Set<String> targets = parts.size() == 1 && !parts.getFirst().targets().isEmpty()
                ? parts.getFirst().targets()
                : definition.targets();
        return new Param.Plain(definition.code(), definition.url(), field, targets);
    }

    private @Nullable Field field(String name, ParamType paramType, List<Expressions.Part> parts) {
        if (parts.isEmpty()) {
            return null;
        }
        // What a reference must lead to is asked of the query where one alternative is all there is.
        boolean plain = parts.size() == 1;
        String key = paramType + " " + Expressions.key(parts, type) + (plain ? "" : " " + parts);
        Field known = fields.get(key);
        if (known != null) {
            return known;
        }
        List<Field.Part> compiled = new ArrayList<>();
        for (Expressions.Part part : parts) {
            FhirPath path = compiled(part.path(), name);
            if (path == null) {
                return null;
            }
            compiled.add(new Field.Part(path, plain ? Set.of() : part.targets()));
        }
        Field field = new Field(name, paramType, compiled);
        fields.put(key, field);
        return field;
    }

    private @Nullable FhirPath compiled(String path, String name) {
        return switch (FhirPath.read(path, Set.of("resource"))) {
            case FhirPath.Read.Compiled(FhirPath compiled) -> compiled;
            case FhirPath.Read.Refused(int position, String reason) -> {
                LOG.warn(
                        "The search parameter {} of {} is not offered: position {} of its expression: {}",
                        name,
                        type,
                        position,
                        reason);
                yield null;
            }
        };
    }

    private @Nullable Param composite(ParamDefinition definition) {
        List<ParamType> types = new ArrayList<>();
        for (ParamDefinition.Component component : definition.components()) {
            ParamDefinition part = byUrl.get(component.definition());
            if (part == null || part.type() == ParamType.COMPOSITE) {
                return null;
            }
            types.add(part.type());
        }
        List<Param.Tuple> tuples = new ArrayList<>();
        for (Expressions.Part part : Expressions.parts(definition.expression(), type)) {
            Param.Tuple tuple = part.path().equals(type) ? whole(definition, types) : repeated(definition, part, types);
            if (tuple == null) {
                return null;
            }
            tuples.add(tuple);
        }
        boolean comparable = types.stream().filter(Composites::isSpan).count() <= 1;
        return tuples.isEmpty() || !comparable
                ? null
                : new Param.Composite(definition.code(), definition.url(), types, tuples);
    }

    private Param.Tuple.@Nullable Whole whole(ParamDefinition definition, List<ParamType> types) {
        List<Field> parts = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String path = definition.components().get(i).expression();
            Field field = field(definition.code() + "$" + i, types.get(i), prefixed(path));
            if (field == null) {
                return null;
            }
            parts.add(field);
        }
        return new Param.Tuple.Whole(parts);
    }

    /** A path of a component, from the resource: written as parameters' own are, to share their fields. */
    private List<Expressions.Part> prefixed(String path) {
        return Expressions.parts(path, type).stream()
                .map(part -> new Expressions.Part(type + "." + part.path(), part.targets()))
                .toList();
    }

    private Param.Tuple.@Nullable Repeated repeated(
            ParamDefinition definition, Expressions.Part elements, List<ParamType> types) {
        List<Field> parts = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            List<Field.Part> compiled = new ArrayList<>();
            for (Expressions.Part part :
                    Expressions.parts(definition.components().get(i).expression(), type)) {
                FhirPath path = compiled(part.path(), definition.code());
                if (path == null) {
                    return null;
                }
                compiled.add(new Field.Part(path, part.targets()));
            }
            parts.add(new Field(definition.code() + "$" + i, types.get(i), compiled));
        }
        FhirPath path = compiled(elements.path(), definition.code());
        if (path == null) {
            return null;
        }
        Field where = new Field(definition.code(), ParamType.COMPOSITE, List.of(new Field.Part(path, Set.of())));
        return new Param.Tuple.Repeated(definition.code() + "$" + elements.path(), where, parts);
    }
}
