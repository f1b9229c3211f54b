package allmende.app.projects;

import allmende.app.deident.ProjectKeys;
import allmende.app.keys.KeyVault;
import allmende.app.site.SiteData;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.Rules;
import allmende.core.deident.Deidentifier;
import allmende.core.deident.ProjectKey;
import allmende.core.deident.PseudonymSource;
import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.CrtdlReader;
import allmende.core.extraction.Descendants;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.ExtractionRead;
import allmende.core.extraction.PlanRead;
import allmende.core.extraction.ProfileElements;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.Words;
import allmende.engine.count.CohortCounter;
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
import allmende.engine.extract.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds by the extraction pipeline: cohort, consent, references, redaction, de-identification. */
final class PipelineBuilding implements Building {

    private static final String PSEUDONYMS = "project-pseudonyms";
    private static final Duration INDEX_MAX = Duration.ofMinutes(10);

    private final Supplier<SiteData> site;
    private final KeyVault vault;
    private final Tools tools;

    PipelineBuilding(Supplier<SiteData> site, KeyVault vault, Tools tools) {
        this.site = site;
        this.vault = vault;
        this.tools = tools;
    }

    /**
     * What a site knows.
     *
     * @param elements what is known of profiles
     * @param descendants what lies below codes
     * @param known what tables follow from profiles
     * @param keys keys of projects
     * @param publisher what the site calls itself
     * @param pseudonyms the site's pseudonym service; null where there is none
     */
    record Tools(
            ProfileElements elements,
            Descendants descendants,
            ProfileKnowledge known,
            ProjectKeys keys,
            String publisher,
            @Nullable PseudonymSource pseudonyms) {}

    /** A request that was understood. */
    private record Understood(CohortQuery cohort, ExtractionRead data) {}

    @Override
    public List<String> problems(DataUseProject.Request request) {
        List<Problem> problems = new ArrayList<>();
        JsonNode crtdl = FhirJson.parse(request.crtdl());
        ExtractionRead data = CrtdlReader.read(crtdl);
        problems.addAll(data.problems());
        switch (site.get().read(FhirJson.write(crtdl.path("cohortDefinition")))) {
            case ParsedQuery.Invalid(List<Problem> found) ->
                found.forEach(one -> problems.add(new Problem("/cohortDefinition" + one.pointer(), one.message())));
            case ParsedQuery.Valid valid -> {}
        }
        if (data.usable() && pipeline().plan(data.extraction()) instanceof PlanRead.Refused refused) {
            problems.addAll(refused.problems());
        }
        return problems.stream()
                .map(problem -> (problem.pointer() + " " + problem.message()).strip())
                .toList();
    }

    private Pipeline pipeline() {
        SiteData data = site.get();
        CohortCounter counter = new CohortCounter(data.index());
        return new Pipeline(
                data.store(),
                new Pipeline.Knowledge(counter::patients, tools.elements(), tools.descendants(), Set.of()));
    }

    @Override
    public Built build(Order order, Watch watch) throws IOException, Unbuildable, InterruptedException {
        Understood asked = understood(order.project().request());
        if (!site.get().index().awaitT(order.t(), INDEX_MAX)) {
            throw new Unbuildable("The index has not reached the snapshot yet. Try again later.");
        }
        RuleSet rules = rules(order.project().request());
        Deidentifier deidentifier = deidentifier(order.project(), rules);
        Naming naming = new Naming(deidentifier::applyEach);
        ConsentRequest consent = ConsentRequest.of(asked.cohort(), order.consentDay(), Rules.ALLMENDE);
        DeliveryWriter writer =
                DeliveryWriter.open(order.folder(), plan(order, asked.data().extraction(), rules));
        Sampling sampling = new Sampling(writer, names(asked.data()));
        Path work = order.folder().resolveSibling(order.folder().getFileName() + ".extract");
        delete(work);
        Files.createDirectories(work);
        try {
            ExtractReport report = pipeline()
                    .run(
                            new ExtractRequest(
                                    asked.cohort(),
                                    asked.data().extraction(),
                                    order.t(),
                                    order.consentDay(),
                                    ConsentCheck.of(new ConsentJob(consent)),
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
                            new Reports.Facts(report, consent, deidentifier.report(), sampling.risk()),
                            written.files()),
                    sampling.tables(),
                    naming.pseudonyms(),
                    report.delivered());
        } catch (ExtractFailed e) {
            throw new Unbuildable(e.reason());
        } catch (DeliveryFailed e) {
            throw new Unbuildable(String.valueOf(e.getMessage()));
        } finally {
            delete(work);
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
                Rules.ALLMENDE.name().toLowerCase(Locale.ROOT),
                project.request().crtdlHash(),
                rules.name() + " " + rules.hash(),
                new Words(project.purpose(), project.purpose()),
                "Allmende");
        return DeliveryPlan.of(extraction, tools.known(), EnumSet.allOf(DeliveryFormat.class), facts);
    }

    private Understood understood(DataUseProject.Request request) throws Unbuildable {
        JsonNode crtdl = FhirJson.parse(request.crtdl());
        ExtractionRead data = CrtdlReader.read(crtdl);
        return switch (site.get().read(FhirJson.write(crtdl.path("cohortDefinition")))) {
            case ParsedQuery.Valid(CohortQuery query) -> new Understood(query, data);
            case ParsedQuery.Invalid(List<Problem> problems) ->
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
        vault.version(PSEUDONYMS);
        ProjectKey key = tools.keys().of(project.id(), 1, rules);
        PseudonymSource service = tools.pseudonyms();
        if (service == null) {
            byte[] secret = vault.derive(PSEUDONYMS, 1, "project/" + project.id(), KeyVault.LENGTH);
            return new Deidentifier(rules, key, new KeyedPseudonyms(secret));
        }
        // domains of the project's own: what two projects got can't be linked by pseudonyms
        return new Deidentifier(
                rules, key, (domain, originals) -> service.pseudonyms(project.id() + "/" + domain, originals));
    }

    private static Map<String, String> names(ExtractionRead data) {
        Map<String, String> names = new HashMap<>();
        for (AttributeGroup group : data.extraction().groups()) {
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

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
