package allmende.app.workbench;

import allmende.app.workbench.CriterionForm.Choice;
import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Within;
import allmende.core.document.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which criteria another one can refer to: copies of those of the question, and what it refers to already. */
final class References {

    /** Stands for what the criterion refers to already. */
    static final String KEPT = "kept-";

    private References() {}

    /** Criteria that a reference attribute can point to. */
    static List<Choice> choices(
            Sheet sheet, Spot spot, AttributeDefinition attribute, @Nullable AttributeFilter filter, Words words) {
        FilterTexts texts = new FilterTexts(sheet.catalogue(), words, sheet.displays()::of);
        List<Choice> choices = new ArrayList<>();
        if (filter instanceof AttributeFilter.OfReference(var _, var criteria)) {
            for (int i = 0; i < criteria.size(); i++) {
                choices.add(new Choice(KEPT + i, text(criteria.get(i), texts), true));
            }
        }
        for (Spot other : sheet.cohort().spots()) {
            Optional<Criterion> criterion = sheet.criterion(other);
            boolean fits = !other.equals(spot)
                    && criterion
                            .filter(each -> attribute.targets().isEmpty()
                                    || attribute.targets().contains(each.context()))
                            .filter(each -> each.extension().isEmpty())
                            .isPresent();
            String text = criterion.map(each -> text(each, texts)).orElse("");
            if (fits && choices.stream().noneMatch(choice -> choice.text().equals(text))) {
                choices.add(new Choice(Spots.name(other), text, false));
            }
        }
        return choices;
    }

    /** Criteria that another one can lie close to in time. */
    static List<Choice> timed(Sheet sheet, Spot spot, @Nullable Within within, Words words) {
        FilterTexts texts = new FilterTexts(sheet.catalogue(), words, sheet.displays()::of);
        List<Choice> choices = new ArrayList<>();
        if (within != null) {
            choices.add(new Choice(KEPT + 0, text(within.of(), texts), true));
        }
        for (Spot other : sheet.cohort().spots()) {
            Optional<Criterion> criterion = sheet.criterion(other);
            boolean fits = !other.equals(spot)
                    && sheet.definition(other)
                            .filter(context -> !context.time().isEmpty())
                            .isPresent();
            String text = criterion.map(each -> text(each, texts)).orElse("");
            if (fits
                    && criterion.isPresent()
                    && choices.stream().noneMatch(choice -> choice.text().equals(text))) {
                choices.add(new Choice(Spots.name(other), text, false));
            }
        }
        return choices;
    }

    private static String text(Criterion criterion, FilterTexts texts) {
        List<String> filters = texts.of(plain(criterion));
        return filters.isEmpty()
                ? texts.title(criterion)
                : texts.title(criterion) + " (" + String.join(", ", filters) + ")";
    }

    /** Without what must not stand in a criterion that another one refers to. */
    static Criterion plain(Criterion criterion) {
        return new Criterion(
                criterion.context(),
                criterion.termCodes(),
                criterion.display(),
                criterion.value(),
                criterion.attributes(),
                criterion.time(),
                CriterionExtension.NONE,
                criterion.pointer());
    }
}
