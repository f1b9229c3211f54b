package allmende.app.workbench;

import allmende.app.portal.Publications;
import allmende.app.workbench.EditorView.HintView;
import allmende.app.workbench.EditorView.PartView;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Feature;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.document.Spot;
import allmende.core.explain.Availability;
import allmende.core.explain.Finding;
import allmende.core.explain.PlainLanguage;
import allmende.core.explain.QueryReview;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a question says in words, and what may be wrong with it. */
final class Readings {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Terminology terminology;
    private final Publications publications;
    private final Estimates estimates;
    private final InstantSource clock;

    Readings(Terminology terminology, Publications publications, Estimates estimates, InstantSource clock) {
        this.terminology = terminology;
        this.publications = publications;
        this.estimates = estimates;
        this.clock = clock;
    }

    /** The question as a sentence. */
    List<PartView> sentence(Sheet sheet, CohortQuery query, Locale language) {
        return PlainLanguage.of(query, language, sheet.displays().names(sheet.catalogue())).parts().stream()
                .map(part -> new PartView(
                        part.text(), part.kind().name().toLowerCase(Locale.ROOT), anchor(sheet, part.pointer())))
                .toList();
    }

    private static @Nullable String anchor(Sheet sheet, @Nullable String pointer) {
        return pointer == null
                ? null
                : at(sheet, pointer).map(spot -> "card-" + Spots.name(spot)).orElse(null);
    }

    private static Optional<Spot> at(Sheet sheet, String pointer) {
        return sheet.cohort().spots().stream()
                .filter(spot -> (pointer + "/").startsWith(spot.pointer() + "/"))
                .findFirst();
    }

    /** Where remarks stand: beside a criterion, or above all. */
    record Remarks(Map<Spot, List<HintView>> beside, List<HintView> above) {}

    Remarks remarks(Sheet sheet, CohortQuery query, Locale language) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        List<Finding> findings =
                QueryReview.of(query, sheet.catalogue(), terminology, new Published(publications.newest()), today);
        Map<Spot, List<HintView>> beside = findings.stream()
                .filter(finding -> at(sheet, finding.pointer()).isPresent())
                .collect(Collectors.groupingBy(
                        finding -> at(sheet, finding.pointer()).orElseThrow(),
                        Collectors.mapping(finding -> hint(finding, language), Collectors.toList())));
        List<HintView> above = findings.stream()
                .filter(finding -> at(sheet, finding.pointer()).isEmpty())
                .map(finding -> hint(finding, language))
                .toList();
        return new Remarks(beside, above);
    }

    private static HintView hint(Finding finding, Locale language) {
        return new HintView(finding.severity().name().toLowerCase(Locale.ROOT), finding.text(language));
    }

    /** What the sites have published, as the review asks for it. */
    private final class Published implements Availability {

        private final Map<String, PublishedStatistics> newest;

        Published(Map<String, PublishedStatistics> newest) {
            this.newest = newest;
        }

        @Override
        public OptionalLong patients(String context, Coding coding) {
            if (newest.isEmpty()) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(newest.values().stream()
                    .flatMap(site -> concept(site, context, coding).stream())
                    .mapToLong(PublishedStatistics.Concept::patients)
                    .sum());
        }

        @Override
        public Set<String> units(String context, Coding coding) {
            Set<String> units = new TreeSet<>();
            newest.values().stream()
                    .flatMap(site -> concept(site, context, coding).stream())
                    .flatMap(concept -> concept.histograms().stream())
                    .forEach(histogram -> units.add(histogram.unit()));
            return units;
        }

        @Override
        public Set<String> without(Feature feature) {
            Map<String, String> names = estimates.names();
            Set<String> sites = new TreeSet<>();
            newest.forEach((site, statistics) -> {
                if (!statistics.features().contains(feature.name())) {
                    sites.add(names.getOrDefault(site, site));
                }
            });
            return sites;
        }
    }

    private static Optional<PublishedStatistics.Concept> concept(
            PublishedStatistics site, String context, Coding coding) {
        return Optional.ofNullable(site.contexts().get(context))
                .map(found -> found.concepts().get(coding));
    }
}
