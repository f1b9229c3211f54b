package allmende.core.estimate;

import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Context;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.estimate.Estimate.Code;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates single criteria at one site. */
final class CriterionEstimate {

    /** A code without a published number has fewer patients than this, usually: minimum, margin and noise. */
    private static final double UNPUBLISHED = 30;

    /** Where only some of the values can be meant and nothing else is known. */
    private static final Fraction UNKNOWN = new Fraction(0, 0.3, 1);

    private static final double PER_ATTRIBUTE = 0.5;
    private static final double PER_DOUBLING = 0.6;
    private static final double OF_POSITION = 0.8;
    private static final double OF_WITHIN = 0.5;

    private final PublishedStatistics statistics;
    private final Population population;
    private final Persons persons;
    private final NumberShare numbers;
    private final Notes notes;

    CriterionEstimate(PublishedStatistics statistics, Population population, Units units, Notes notes) {
        this.statistics = statistics;
        this.population = population;
        this.persons = new Persons(population);
        this.numbers = new NumberShare(units);
        this.notes = notes;
    }

    /** The codes of a criterion, one by one. */
    List<Leaf> leaves(Criterion criterion) {
        return criterion.termCodes().stream()
                .map(code -> new Leaf(new Term(criterion.context(), code), of(criterion, code)))
                .toList();
    }

    private Portion of(Criterion criterion, Coding code) {
        Context context = statistics.contexts().get(criterion.context());
        if (context == null) {
            notes.add(Code.CONTEXT_MISSING, criterion);
            return Portion.nobody();
        }
        Portion person = persons.of(criterion);
        Concept concept = context.concepts().get(code);
        Portion portion = person != null ? person : concept == null ? unpublished(criterion) : term(criterion, concept);
        if (!criterion.attributes().isEmpty()) {
            notes.add(Code.ATTRIBUTES_ROUGH, criterion);
            portion = portion.roughly(
                    Math.pow(PER_ATTRIBUTE, criterion.attributes().size()));
        }
        return extended(
                criterion, portion.atMost(person == null ? context.patients() + Population.SLACK : population.all()));
    }

    private Portion unpublished(Criterion criterion) {
        notes.add(Code.CODE_BELOW_THRESHOLD, criterion);
        return new Portion(new double[Population.CELLS], 0, Math.min(population.all(), UNPUBLISHED));
    }

    private Portion term(Criterion criterion, Concept concept) {
        double patients = Math.min((double) concept.patients(), population.all());
        Fraction fraction = value(criterion, concept);
        if (criterion.time() != null) {
            fraction = fraction.and(TimeShare.of(criterion.time(), concept.years(), patients));
        }
        return Portion.of(
                population,
                population.spread(patients, concept.strata()),
                fraction,
                patients - Population.SLACK,
                patients + Population.SLACK);
    }

    private Fraction value(Criterion criterion, Concept concept) {
        ValueFilter filter = criterion.value();
        if (filter == null) {
            return Fraction.ALL;
        }
        Fraction share = filter instanceof ValueFilter.Concepts(List<Coding> chosen)
                ? coded(chosen, concept)
                : numbers.of(filter, concept.histograms());
        if (share == null) {
            notes.add(Code.VALUES_UNKNOWN, criterion);
            return UNKNOWN;
        }
        return share;
    }

    private static @Nullable Fraction coded(List<Coding> chosen, Concept concept) {
        if (concept.coded().isEmpty() || concept.patients() <= 0) {
            return null;
        }
        double most = 0;
        double sum = 0;
        double missing = 0;
        for (Coding coding : chosen) {
            Long patients = concept.coded().get(coding);
            sum += patients == null ? 0 : patients;
            most = Math.max(most, (double) (patients == null ? 0 : patients));
            missing += patients == null ? UNPUBLISHED : Population.SLACK;
        }
        double all = concept.patients();
        return Fraction.of((most - Population.SLACK) / all, sum / all, (sum + missing) / all);
    }

    private Portion extended(Criterion criterion, Portion plain) {
        CriterionExtension extension = criterion.extension();
        if (extension.isEmpty()) {
            return plain;
        }
        notes.add(Code.EXTENSION_ROUGH, criterion);
        Portion portion = plain;
        Integer atLeast = extension.atLeast();
        if (atLeast != null) {
            portion = portion.roughly(Math.pow(PER_DOUBLING, Math.log(atLeast) / Math.log(2)));
        }
        if (extension.position() != null) {
            portion = portion.roughly(OF_POSITION);
        }
        Within within = extension.within();
        if (within != null) {
            Portion of = leaves(within.of()).stream()
                    .map(Leaf::portion)
                    .reduce(Portion.nobody(), (one, other) -> one.or(other, population));
            double[] share = portion.share().clone();
            for (int cell = 0; cell < share.length; cell++) {
                // who has both has them close together every other time
                share[cell] *= OF_WITHIN * Math.sqrt(of.share()[cell]);
            }
            portion = new Portion(share, 0, Math.min(portion.high(), of.high()));
        }
        return portion;
    }
}
