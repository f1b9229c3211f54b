package allmende.app.projects;

import allmende.app.deident.ProjectKeys;
import allmende.app.extraction.Orders;
import allmende.app.extraction.SiteExtractions;
import allmende.app.site.SiteData;
import allmende.core.cohort.Problem;
import allmende.core.consent.Rules;
import allmende.core.deident.Deidentifier;
import allmende.core.deident.ProjectKey;
import allmende.core.deident.PseudonymSource;
import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extraction;
import allmende.core.profile.Words;
import allmende.engine.delivery.Delivery;
import allmende.engine.delivery.DeliveryFacts;
import allmende.engine.delivery.DeliveryFailed;
import allmende.engine.delivery.DeliveryFormat;
import allmende.engine.delivery.DeliveryPlan;
import allmende.engine.delivery.DeliveryWriter;
import allmende.engine.delivery.ProfileKnowledge;
import allmende.engine.extract.ExtractFailed;
import allmende.engine.extract.ExtractProgress;
import allmende.engine.extract.ExtractReport;
import allmende.engine.extract.ExtractRequest;
import allmende.engine.extract.ExtractSink;
import allmende.engine.extract.Pipeline;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds by the extraction pipeline: cohort, consent, references, redaction, de-identification. */
final class PipelineBuilding implements Building {

    /** Mode of consent: what leaves is judged by the strict rules only. */
    private static final String RULES = Rules.ALLMENDE.name().toLowerCase(Locale.ROOT);

    private static final Duration INDEX_MAX = Duration.ofMinutes(10);

    private final Supplier<SiteData> site;
    private final Tools tools;

    PipelineBuilding(Supplier<SiteData> site, Tools tools) {
        this.site = site;
        this.tools = tools;
    }

    /**
     * What a site knows.
     *
     * @param extractions what reads and carries out a selection
     * @param known what tables follow from profiles
     * @param keys keys of projects
     * @param publisher what the site calls itself
     * @param pseudonyms the site's pseudonym service; null where there is none
     */
    record Tools(
            SiteExtractions extractions,
            ProfileKnowledge known,
            ProjectKeys keys,
            String publisher,
            @Nullable PseudonymSource pseudonyms) {}

    @Override
    public List<String> problems(DataUseProject.Request request) {
        return switch (read(request, SiteData.today())) {
            case Orders.Read.Usable _ -> List.of();
            case Orders.Read.Refused(List<Problem> problems) ->
                problems.stream()
                        .map(problem -> (problem.pointer() + " " + problem.message()).strip())
                        .toList();
        };
    }

    private Orders.Read read(DataUseProject.Request request, LocalDate day) {
        SiteData data = site.get();
        return Orders.read(
                request.crtdl(), day, RULES, data, tools.extractions().pipeline(data));
    }

    @Override
    public Built build(Order order, Watch watch) throws IOException, Unbuildable, InterruptedException {
        Orders.Read.Usable asked = understood(order);
        if (!site.get().index().awaitT(order.t(), INDEX_MAX)) {
            throw new Unbuildable("The index has not reached the snapshot yet. Try again later.");
        }
        try {
            return new Run(order, asked, rules(order.project().request()), watch).build();
        } catch (ExtractFailed e) {
            throw new Unbuildable(e.reason());
        } catch (DeliveryFailed e) {
            throw new Unbuildable(String.valueOf(e.getMessage()));
        }
    }

    /** One build: the pass that writes, and before it one that only looks, where those who stand out are to be left out. */
    private final class Run {

        private final Order order;
        private final Orders.Read.Usable asked;
        private final RuleSet rules;
        private final Watch watch;
        private final ProjectKey key;

        Run(Order order, Orders.Read.Usable asked, RuleSet rules, Watch watch) {
            this.order = order;
            this.asked = asked;
            this.rules = rules;
            this.watch = watch;
            // always from the first version, which asking makes sure of: a second delivery is to fit the first
            tools.keys().version();
            this.key = tools.keys().of(order.project().id(), 1, rules);
        }

        Built build() throws IOException, InterruptedException {
            if (order.suppressTo() == 0) {
                return write(null, null, order.room().leftOut());
            }
            Screening screening = new Screening(deidentifier(order.project(), rules, key)::applyEach);
            ExtractReport first =
                    extract(null, screening, screening, order.room().leftOut());
            Screening.Parted parted = screening.part(order.suppressTo());
            Built built = write(parted, first, null);
            for (String patient : parted.going()) {
                LeftOut line = new LeftOut(patient, "", Screening.STAGE, parted.rule(), "");
                Files.writeString(order.room().leftOut(), line.line() + "\n", StandardOpenOption.APPEND);
            }
            return built;
        }

        /** Writes the files, of these patients or of all. */
        private Built write(Screening.@Nullable Parted parted, @Nullable ExtractReport first, @Nullable Path leftOut)
                throws IOException, InterruptedException {
            Deidentifier deidentifier = deidentifier(order.project(), rules, key);
            Naming naming = new Naming(deidentifier::applyEach);
            DeliveryWriter writer = DeliveryWriter.open(order.room().folder(), plan(order, asked.extraction(), rules));
            Sampling sampling = new Sampling(writer, names(asked.extraction()));
            ExtractReport report = extract(parted == null ? null : parted.staying(), naming, sampling, leftOut);
            Delivery written = writer.finish();
            ExtractReport whole = parted == null || first == null ? report : Reports.both(first, report, parted);
            return new Built(
                    Reports.write(
                            new Reports.Facts(
                                    whole,
                                    asked.asked(),
                                    deidentifier.report(),
                                    sampling.risk(),
                                    sampling.losses(),
                                    parted),
                            written.files()),
                    sampling.tables(),
                    naming.pseudonyms(),
                    report.delivered());
        }

        /** One pass of the pipeline; keeps the ids of what it left out where somebody asks for them. */
        private ExtractReport extract(
                @Nullable List<String> patients, Deidentification last, ExtractSink sink, @Nullable Path leftOut)
                throws IOException, InterruptedException {
            Path folder = order.room().folder();
            Path work = folder.resolveSibling(folder.getFileName() + ".extract");
            Trees.delete(work);
            Files.createDirectories(work);
            try {
                ExtractReport report = tools.extractions()
                        .pipeline(site.get())
                        .run(
                                new ExtractRequest(
                                        asked.cohort(),
                                        asked.extraction(),
                                        order.t(),
                                        order.consentDay(),
                                        asked.consent(),
                                        patients,
                                        last,
                                        work),
                                sink,
                                new Watching(watch));
                if (!report.complete()) {
                    throw new InterruptedException();
                }
                if (leftOut != null) {
                    Files.move(work.resolve(Pipeline.IDS), leftOut, StandardCopyOption.REPLACE_EXISTING);
                }
                return report;
            } finally {
                Trees.delete(work);
            }
        }
    }

    /** What the delivery says about itself; the same order makes the same bytes. */
    private DeliveryPlan plan(Order order, Extraction extraction, RuleSet rules) {
        DataUseProject project = order.project();
        DeliveryFacts facts = new DeliveryFacts(
                project.id() + "-" + order.t(),
                project.id(),
                project.title(),
                tools.publisher(),
                order.at(),
                order.t(),
                order.consentDay(),
                RULES,
                project.request().crtdlHash(),
                rules.name() + " " + rules.hash() + suppressed(order),
                new Words(project.purpose(), project.purpose()),
                "Allmende");
        return DeliveryPlan.of(extraction, tools.known(), EnumSet.allOf(DeliveryFormat.class), facts)
                .with(rules::change);
    }

    private static String suppressed(Order order) {
        return order.suppressTo() == 0 ? "" : ", patients left out up to k = " + order.suppressTo();
    }

    private Orders.Read.Usable understood(Order order) throws Unbuildable {
        return switch (read(order.project().request(), order.consentDay())) {
            case Orders.Read.Usable usable -> usable;
            case Orders.Read.Refused(List<Problem> problems) ->
                throw new Unbuildable(problems.getFirst().message());
        };
    }

    private static RuleSet rules(DataUseProject.Request request) throws Unbuildable {
        return switch (RuleSet.read(request.ruleSet())) {
            case RuleSetRead.Compiled(RuleSet rules) -> rules;
            case RuleSetRead.Refused(List<Problem> problems) ->
                throw new Unbuildable(problems.getFirst().message());
        };
    }

    private Deidentifier deidentifier(DataUseProject project, RuleSet rules, ProjectKey key) {
        PseudonymSource service = tools.pseudonyms();
        if (service == null) {
            return new Deidentifier(rules, key, tools.keys().pseudonyms(project.id()));
        }
        // domains of the project's own: what two projects got can't be linked by pseudonyms
        return new Deidentifier(
                rules, key, (domain, originals) -> service.pseudonyms(project.id() + "/" + domain, originals));
    }

    private static Map<String, String> names(Extraction extraction) {
        Map<String, String> names = new HashMap<>();
        for (AttributeGroup group : extraction.groups()) {
            names.put(group.id(), group.name());
        }
        return names;
    }

    /** Tells how far it is, and stops when it is told. */
    private record Watching(Building.Watch watch) implements allmende.engine.extract.Watch {

        @Override
        public boolean stopped() {
            return watch.cancelled();
        }

        @Override
        public void advanced(ExtractProgress progress) {
            watch.advanced(progress.done(), progress.patients());
        }
    }
}
