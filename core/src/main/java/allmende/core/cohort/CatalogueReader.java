package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.CodeCondition;
import allmende.core.cohort.ContextDefinition.DerivedTerm;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.Titles;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.fhir.Coding;
import allmende.core.path.ElementPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one catalogue file strictly: a key it does not know, a path that does not compile, a missing part are problems. */
final class CatalogueReader {

    /** The system of attribute codes. */
    static final String ATTRIBUTE_SYSTEM = "http://hl7.org/fhir/StructureDefinition";

    private CatalogueReader() {}

    /** The contexts of a file; what is wrong with it is added to the problems of the place. */
    static List<ContextDefinition> read(Place file, String name) {
        List<ContextDefinition> contexts = new ArrayList<>();
        if (file.object("The file")) {
            file.onlyKeys(Set.of("module", "contexts"));
            String module = file.at("module").requiredText("The module's name");
            if (!module.isEmpty() && !module.equals(name)) {
                file.at("module").problem("The module must be named as its file, " + name + ".");
            }
            required(file.at("contexts"), "A context").forEach(place -> contexts.add(context(place, module)));
        }
        return contexts;
    }

    private static ContextDefinition context(Place place, String module) {
        place.object("The context");
        place.onlyKeys(Set.of(
                "code",
                "aliases",
                "titles",
                "resourceType",
                "only",
                "exclude",
                "facts",
                "time",
                "attributes",
                "derived",
                "defaultFor"));
        return new ContextDefinition(
                place.at("code").requiredText("The context's code"),
                place.at("aliases").texts(),
                module,
                titles(place.at("titles")),
                place.at("resourceType").requiredText("The resource type"),
                conditions(place.at("only")),
                conditions(place.at("exclude")),
                required(place.at("facts"), "A fact rule").stream()
                        .map(CatalogueReader::factRule)
                        .toList(),
                paths(place.at("time")),
                place.at("attributes").items().stream()
                        .map(CatalogueReader::attribute)
                        .toList(),
                place.at("derived").items().stream()
                        .map(CatalogueReader::derived)
                        .toList(),
                place.at("defaultFor").texts());
    }

    private static Titles titles(Place place) {
        place.object("The pair of titles");
        place.onlyKeys(Set.of("de", "en"));
        return new Titles(
                place.at("de").requiredText("The German title"), place.at("en").requiredText("The English title"));
    }

    private static List<CodeCondition> conditions(Place list) {
        List<CodeCondition> conditions = new ArrayList<>();
        for (Place place : list.items()) {
            place.object("The condition");
            place.onlyKeys(Set.of("paths", "codes"));
            required(place.at("paths"), "A path");
            required(place.at("codes"), "A code");
            conditions.add(new CodeCondition(
                    paths(place.at("paths")), place.at("codes").texts()));
        }
        return conditions;
    }

    private static FactRule factRule(Place place) {
        place.object("The fact rule");
        place.onlyKeys(Set.of("each", "term", "values", "valueRequired"));
        return new FactRule(
                place.at("each").present() ? path(place.at("each")) : null,
                term(place.at("term")),
                values(place.at("values")),
                place.at("valueRequired").flag());
    }

    private static TermSource term(Place place) {
        place.object("The term");
        place.onlyKeys(Set.of("path", "systems", "reference", "type", "fixed"));
        if (place.at("fixed").present()) {
            Place fixed = place.at("fixed");
            return new TermSource.Fixed(coding(fixed), fixed.at("display").requiredText("The display"));
        }
        String path = path(place.at("path"));
        if (place.at("reference").present()) {
            return new TermSource.Referenced(
                    path(place.at("reference")), place.at("type").requiredText("The referenced resource's type"), path);
        }
        return new TermSource.Element(path, place.at("systems").texts());
    }

    private static List<ValueRule> values(Place list) {
        List<ValueRule> values = new ArrayList<>();
        for (Place place : list.items()) {
            place.object("The value");
            place.onlyKeys(Set.of("path", "kind", "system"));
            values.add(new ValueRule(
                    path(place.at("path")),
                    kind(place.at("kind")),
                    place.at("system").text()));
        }
        return values;
    }

    private static ValueKind kind(Place place) {
        String name = place.requiredText("The kind of value");
        return switch (name) {
            case "quantity" -> ValueKind.QUANTITY;
            case "concept" -> ValueKind.CONCEPT;
            case "age" -> ValueKind.AGE;
            default -> {
                if (!name.isEmpty()) {
                    place.problem("The kind of value must be quantity, concept or age.");
                }
                yield ValueKind.CONCEPT;
            }
        };
    }

    private static AttributeDefinition attribute(Place place) {
        place.object("The attribute");
        place.onlyKeys(Set.of("code", "aliases", "titles", "values", "references", "targets"));
        boolean reference = place.at("references").present();
        if (reference == place.at("values").present()) {
            place.problem("An attribute has either values or references.");
        }
        if (reference) {
            required(place.at("targets"), "The target context of a reference");
        }
        return new AttributeDefinition(
                new Coding(ATTRIBUTE_SYSTEM, place.at("code").requiredText("The attribute's code")),
                place.at("aliases").texts(),
                titles(place.at("titles")),
                values(place.at("values")),
                paths(place.at("references")),
                place.at("targets").texts());
    }

    private static DerivedTerm derived(Place place) {
        place.object("The derived term");
        place.onlyKeys(Set.of("term", "system", "all"));
        String system = place.at("system").requiredText("The system of the codes");
        List<List<Coding>> all = new ArrayList<>();
        for (Place group : required(place.at("all"), "A group of codes")) {
            required(group, "A code");
            all.add(group.texts().stream().map(code -> new Coding(system, code)).toList());
        }
        Place term = place.at("term");
        return new DerivedTerm(coding(term), term.at("display").requiredText("The display"), all);
    }

    private static Coding coding(Place place) {
        place.object("The code");
        place.onlyKeys(Set.of("system", "code", "display"));
        return new Coding(
                place.at("system").requiredText("The system"), place.at("code").requiredText("The code"));
    }

    private static List<Place> required(Place list, String what) {
        List<Place> items = list.items();
        if (list.withoutItems()) {
            list.problem(what + " is missing.");
        }
        return items;
    }

    private static List<String> paths(Place list) {
        return list.items().stream().map(CatalogueReader::path).toList();
    }

    private static String path(Place place) {
        String path = place.requiredText("The path");
        String fault = path.isEmpty() ? null : fault(path);
        if (fault != null) {
            place.problem("Not an element path: " + fault);
        }
        return path;
    }

    private static @Nullable String fault(String path) {
        try {
            ElementPath.compile(path);
            return null;
        } catch (IllegalArgumentException bad) {
            return bad.getMessage();
        }
    }
}
