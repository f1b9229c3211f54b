package allmende.engine.extract;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.CohortQuery;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.Rules;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.CrtdlReader;
import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extracted;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.files.Trees;
import allmende.engine.index.Ward;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.TestStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the hospital and the request: the pipeline delivers and counts exactly what the {@link Judge} does. */
class JudgeAgreementTest {

    private static @Nullable Store store;
    private static int number;

    @BeforeContainer
    static void open() {
        store = TestStores.empty();
    }

    @AfterContainer
    static void close() {
        if (store != null) {
            store.close();
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void thePipelineDeliversWhatTheRulesSay(@ForAll long seed) throws IOException {
        assertThat(differences(seed)).isEmpty();
    }

    /** What the two don't agree on, with all that is needed to see why. */
    private static List<String> differences(long seed) throws IOException {
        Random random = new Random(seed);
        RandomWard ward = new RandomWard(random, "t" + number++ + "-");
        List<JsonNode> groups = new RandomRequest(ward, random).groups();
        @Nullable Boolean consent = !ward.chance(3) ? null : (Boolean) ward.chance(4);
        List<String> patients = new ArrayList<>(ward.patients);
        if (ward.chance(5)) {
            patients.add("t-nobody");
        }
        Judge judge = new Judge(ward.resources, groups, consent, Case.DAY);
        judge.judge(patients);

        Handed handed = new Handed();
        Path work = Files.createTempDirectory("judge");
        SortedMap<String, Long> counts = new TreeMap<>();
        boolean impossible = false;
        try {
            Ward.write(
                    open(store), ward.resources.stream().map(JsonNode::toString).toArray(String[]::new));
            ExtractReport report =
                    pipeline(1 + random.nextInt(2)).run(request(groups, consent, patients, work), handed, Watch.NONE);
            report.exclusions()
                    .forEach(each -> counts.put(each.stage() + " " + each.rule() + " " + each.subject(), each.count()));
            assertThat(report.delivered()).isEqualTo(handed.resources.size());
        } catch (ExtractFailed failed) {
            impossible = true;
        } finally {
            open(store)
                    .write(ward.resources.stream()
                            .map(JudgeAgreementTest::deletion)
                            .toList());
            Trees.delete(work);
        }
        if (impossible || judge.impossible) {
            return impossible == judge.impossible ? List.of() : List.of("impossible: " + impossible + " " + groups);
        }
        return compare(ward, groups, judge, lines(handed.resources), counts);
    }

    private static ResourceWrite deletion(JsonNode resource) {
        ResourceKey key = new ResourceKey(
                resource.path("resourceType").asString(""), resource.path("id").asString(""));
        return new ResourceWrite(key, null, null, List.of());
    }

    private static List<String> compare(
            RandomWard ward,
            List<JsonNode> groups,
            Judge judge,
            SortedMap<String, String> got,
            SortedMap<String, Long> counts) {
        List<String> differences = new ArrayList<>();
        SortedMap<String, String> expected = expected(judge);
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(got.keySet());
        for (String name : names) {
            String right = expected.getOrDefault(name, "nothing");
            String there = got.getOrDefault(name, "nothing");
            if (!right.equals(there)) {
                String type = name.substring(0, name.indexOf('/'));
                differences.add(name + "\n expected " + right + "\n but was  " + there + "\n of "
                        + ward.resources.stream()
                                .filter(each ->
                                        name.endsWith("/" + each.path("id").asString("")))
                                .toList()
                        + "\n by "
                        + groups.stream()
                                .filter(each -> each.toString().contains("\"" + type + "."))
                                .toList());
            }
        }
        if (!counts.equals(judge.counts)) {
            differences.add("counts\n expected " + judge.counts + "\n but was  " + counts + "\n of\n"
                    + String.join(
                            "\n",
                            ward.resources.stream().map(JsonNode::toString).toList()) + "\n by\n"
                    + String.join("\n", groups.stream().map(JsonNode::toString).toList()));
        }
        return differences;
    }

    private static Store open(@Nullable Store open) {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    private static Pipeline pipeline(int batch) {
        return new Pipeline(
                open(store),
                new Pipeline.Knowledge(
                        (query, day) -> new RoaringBitmap(),
                        new JudgeProfiles(),
                        JudgeAgreementTest::below,
                        Set.of("http://here/fhir")),
                2,
                batch);
    }

    private static Set<Coding> below(Coding code) {
        Set<Coding> below = new HashSet<>();
        for (String each : List.of("A1", "A1.2", "B2")) {
            if (JudgeProfiles.below(code.code(), each)) {
                below.add(new Coding(code.system(), each));
            }
        }
        return below;
    }

    private static ExtractRequest request(
            List<JsonNode> groups, @Nullable Boolean consent, List<String> patients, Path work) {
        String crtdl = "{\"version\":\"1\",\"dataExtraction\":{\"attributeGroups\":" + groups + "}}";
        Set<String> policies = new TreeSet<>(Set.of(JudgeConsent.POLICY + 6, JudgeConsent.POLICY + 8));
        if (Boolean.TRUE.equals(consent)) {
            policies.add(JudgeConsent.POLICY + 45);
        }
        return new ExtractRequest(
                new CohortQuery(List.of(), List.of()),
                CrtdlReader.read(FhirJson.parse(crtdl.getBytes(StandardCharsets.UTF_8)))
                        .extraction(),
                open(store).currentT(),
                Case.DAY,
                consent == null
                        ? ConsentCheck.NONE
                        : ConsentCheck.of(
                                new ConsentJob(new ConsentRequest(new TreeSet<>(policies), Case.DAY, Rules.ALLMENDE))),
                patients,
                Deidentification.NONE,
                work);
    }

    private static SortedMap<String, String> lines(Collection<Extracted> resources) {
        SortedMap<String, String> lines = new TreeMap<>();
        resources.forEach(each -> {
            String before = lines.put(
                    each.resource().path("resourceType").asString("") + "/"
                            + each.resource().path("id").asString(""),
                    each.groups() + " " + sorted(each.resource()));
            assertThat(before).as("handed over twice").isNull();
        });
        return lines;
    }

    private static SortedMap<String, String> expected(Judge judge) {
        SortedMap<String, String> lines = new TreeMap<>();
        judge.delivered.forEach((name, each) -> lines.put(name, each.groups() + " " + sorted(each.resource())));
        return lines;
    }

    /** The same text for the same content, whatever the order of members. */
    private static String sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> members = new ArrayList<>();
            object.properties().forEach(each -> members.add(each.getKey() + ":" + sorted(each.getValue())));
            members.sort(null);
            return members.toString();
        }
        return node.isArray()
                ? node.values().stream()
                        .map(JudgeAgreementTest::sorted)
                        .toList()
                        .toString()
                : node.toString();
    }

    /** What was handed over. */
    private static final class Handed implements ExtractSink {
        private final List<Extracted> resources = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public BatchSink batch(int number) {
            return new BatchSink() {
                @Override
                public void shared(List<Extracted> extracted) {
                    resources.addAll(extracted);
                }

                @Override
                public void patient(String patient, List<Extracted> extracted) {
                    resources.addAll(extracted);
                }

                @Override
                public void complete() {}

                @Override
                public void close() {}
            };
        }
    }
}
