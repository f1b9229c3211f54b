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
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        RuleSet rules = rules(order.project().request());
        Deidentifier deidentifier = deidentifier(order.project(), rules);
        Naming naming = new Naming(deidentifier::applyEach);
        DeliveryWriter writer = DeliveryWriter.open(order.folder(), plan(order, asked.extraction(), rules));
        Sampling sampling = new Sampling(writer, names(asked.extraction()));
        Path work = order.folder().resolveSibling(order.folder().getFileName() + ".extract");
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
                                    null,
                                    naming,
                                    work),
                            sampling,
                            new Watching(watch));
            if (!report.complete()) {
                throw new InterruptedException();
            }
            Delivery written = writer.finish();
            return new Built(
                    Reports.write(
                            new Reports.Facts(report, asked.asked(), deidentifier.report(), sampling.risk()),
                            written.files()),
                    sampling.tables(),
                    naming.pseudonyms(),
                    report.delivered());
        } catch (ExtractFailed e) {
            throw new Unbuildable(e.reason());
        } catch (DeliveryFailed e) {
            throw new Unbuildable(String.valueOf(e.getMessage()));
        } finally {
            Trees.delete(work);
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
                rules.name() + " " + rules.hash(),
                new Words(project.purpose(), project.purpose()),
                "Allmende");
        return DeliveryPlan.of(extraction, tools.known(), EnumSet.allOf(DeliveryFormat.class), facts);
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

    private Deidentifier deidentifier(DataUseProject project, RuleSet rules) {
        // always from the first version, which asking makes sure of: a second delivery is to fit the first
        tools.keys().version();
        ProjectKey key = tools.keys().of(project.id(), 1, rules);
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
