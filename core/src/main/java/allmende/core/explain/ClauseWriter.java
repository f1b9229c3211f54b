package allmende.core.explain;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.explain.Sentence.Kind;
import allmende.core.explain.Sentence.Part;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says one criterion: as a relative clause, or as a noun inside of another criterion. */
final class ClauseWriter {

    private static final Pattern PIECE = Pattern.compile("\\{(\\w+)}|[^{]+");
    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");
    private static final String GENDERS = "http://hl7.org/fhir/administrative-gender";

    private final Phrases phrases;
    private final DisplayNames names;
    private final ConceptWords concepts;
    private final ValueWords values;

    ClauseWriter(Phrases phrases, DisplayNames names) {
        this.phrases = phrases;
        this.names = names;
        this.concepts = new ConceptWords(phrases, names);
        this.values = new ValueWords(phrases, concepts);
    }

    /** "who were given the diagnosis …". */
    List<Part> clause(Criterion criterion) {
        return fill(phrases.of(criterion.context(), form(criterion)), criterion);
    }

    private static String form(Criterion criterion) {
        ValueFilter value = criterion.value();
        Position position = criterion.extension().position();
        if (asksAge(criterion)) {
            return ".age";
        }
        if (asksGender(value)) {
            return ".gender";
        }
        if (value == null) {
            return ".clause";
        }
        return position == null
                ? ".value"
                : switch (position) {
                    case FIRST -> ".first";
                    case LAST -> ".last";
                };
    }

    private static boolean asksAge(Criterion criterion) {
        return criterion.context().equals("Patient")
                && criterion.value() != null
                && criterion.termCodes().contains(AGE);
    }

    private static boolean asksGender(@Nullable ValueFilter value) {
        return value instanceof ValueFilter.Concepts(List<Coding> chosen)
                && chosen.stream().allMatch(coding -> coding.system().equals(GENDERS));
    }

    private List<Part> fill(String template, Criterion criterion) {
        Words words = new Words();
        Matcher pieces = PIECE.matcher(template);
        while (pieces.find()) {
            String slot = pieces.group(1);
            if (slot == null) {
                words.add(pieces.group().strip(), criterion.pointer(), Kind.WORDS);
            } else {
                words.add(text(slot, criterion), criterion.pointer(), kind(slot));
            }
        }
        return words.parts();
    }

    private static Kind kind(String slot) {
        return switch (slot) {
            case "terms" -> Kind.CONCEPT;
            case "value", "bare", "is", "age" -> Kind.VALUE;
            case "time" -> Kind.TIME;
            case "attributes", "extra" -> Kind.ATTRIBUTE;
            case "within", "near", "times", "also" -> Kind.EXTENSION;
            default -> Kind.WORDS;
        };
    }

    private String text(String slot, Criterion criterion) {
        ValueFilter value = criterion.value();
        return switch (slot) {
            case "terms" -> concepts.terms(criterion);
            case "context" -> phrases.quoted(names.context(criterion.context(), phrases.language()));
            case "title" -> names.context(criterion.context(), phrases.language());
            case "age" -> value == null ? "" : values.age(value);
            case "bare" -> value == null ? "" : bare(value);
            case "value", "is" -> value == null ? "" : values.filter(value, slot);
            case "time" -> criterion.time() == null ? "" : values.time(criterion.time());
            case "attributes" -> brackets(attributes(criterion));
            case "extra" -> brackets(extra(criterion));
            case "times", "also" -> often(slot, criterion.extension());
            case "within" -> within(criterion.extension().within());
            case "near" -> near(criterion.extension().within());
            default -> throw new IllegalStateException("There is no slot {" + slot + "}");
        };
    }

    private String bare(ValueFilter value) {
        return value instanceof ValueFilter.Concepts(List<Coding> chosen) && asksGender(value)
                ? concepts.genders(chosen)
                : values.filter(value, "bare");
    }

    private String often(String slot, CriterionExtension extension) {
        Integer atLeast = extension.atLeast();
        return atLeast == null ? "" : phrases.fill(slot, atLeast.toString());
    }

    private String within(@Nullable Within within) {
        if (within == null) {
            return "";
        }
        String noun = noun(within.of());
        String key = within.days() == 0 ? "same" : within.direction().toString();
        return phrases.fill("within." + key, values.days(within.days()), noun);
    }

    private String near(@Nullable Within within) {
        return within == null ? "" : phrases.fill("near", within(within));
    }

    private String noun(Criterion criterion) {
        return plain(
                fill(phrases.of(criterion.context(), criterion.value() == null ? ".noun" : ".noun.value"), criterion));
    }

    private List<String> attributes(Criterion criterion) {
        List<String> texts = new ArrayList<>();
        for (AttributeFilter filter : criterion.attributes()) {
            String title = names.attribute(criterion.context(), filter.attribute(), phrases.language());
            texts.add(title + ": "
                    + switch (filter) {
                        case AttributeFilter.OfValue(Coding _, ValueFilter value) -> values.filter(value, "bare");
                        case AttributeFilter.OfReference(Coding _, List<Criterion> criteria) -> nested(criteria);
                    });
        }
        return texts;
    }

    private String nested(List<Criterion> criteria) {
        return criteria.stream()
                .map(criterion -> plain(fill(phrases.get("nested"), criterion)))
                .collect(Collectors.joining(" " + phrases.get("or") + " "));
    }

    private List<String> extra(Criterion criterion) {
        List<String> texts = attributes(criterion);
        if (criterion.time() != null) {
            texts.add(values.time(criterion.time()));
        }
        return texts;
    }

    private static String brackets(List<String> texts) {
        return texts.isEmpty() ? "" : texts.stream().collect(Collectors.joining("; ", "(", ")"));
    }

    private static String plain(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }
}
