package allmende.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.synth.person.InsuranceNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SyntheticHospitalTest {

    /** Changes only when the model changes; then look at the new data before writing the new digest here. */
    private static final String GOLDEN = "b2dc0a25c35d7d533ac1fd4e14c6b0b37622236e3cd50f34fb0e5dc9569c9b02";

    private final JsonMapper mapper = JsonMapper.builder().build();

    @Test
    void seedDecidesEveryByte() {
        assertThat(digest(new SyntheticHospital(60, 7))).isEqualTo(digest(new SyntheticHospital(60, 7)));
        assertThat(digest(new SyntheticHospital(60, 7))).isNotEqualTo(digest(new SyntheticHospital(60, 8)));
        assertThat(digest(new SyntheticHospital(60, 7))).isEqualTo(GOLDEN);
    }

    @Test
    void aPatientIsTheSameInEveryHospitalOfTheSeed() {
        List<SyntheticResource> alone = new SyntheticHospital(1_000_000, 7).patient(40);
        List<SyntheticResource> among =
                new SyntheticHospital(60, 7).resources(40, 41).toList();
        assertThat(alone).hasSameSizeAs(among);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(alone.get(i).json()).isEqualTo(among.get(i).json());
        }
    }

    @Test
    void filesDoNotDependOnTheNumberOfThreads(@TempDir Path directory) throws IOException {
        SyntheticHospital hospital = new SyntheticHospital(130, 3);
        List<Long> progress = new ArrayList<>();
        GenerateReport one = hospital.writeTo(directory.resolve("one"), Format.NDJSON, 1, progress::add);
        GenerateReport four = hospital.writeTo(directory.resolve("four"), Format.NDJSON, 4, n -> {});
        assertThat(one).isEqualTo(four);
        assertThat(progress).isSorted().endsWith(one.resources());
        long bytes = 0;
        for (String type : one.resourcesByType().keySet()) {
            Path file = directory.resolve("one").resolve(type + ".ndjson");
            assertThat(file).hasSameBinaryContentAs(directory.resolve("four").resolve(type + ".ndjson"));
            assertThat(Files.readAllLines(file))
                    .hasSize(one.resourcesByType().get(type).intValue());
            bytes += Files.size(file);
        }
        assertThat(one.bytes()).isEqualTo(bytes);
    }

    @Test
    void bundlesHoldTheSameResourcesAsTransactions(@TempDir Path directory) throws IOException {
        SyntheticHospital hospital = new SyntheticHospital(20, 3);
        GenerateReport report = hospital.writeTo(directory, Format.BUNDLES, n -> {});
        assertThat(report.files()).isEqualTo(21);
        Map<String, Long> counts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JsonNode bundle = mapper.readTree(Files.readAllBytes(file));
                assertThat(bundle.path("type").asString()).isEqualTo("transaction");
                for (JsonNode entry : bundle.path("entry")) {
                    String type = entry.at("/resource/resourceType").asString();
                    assertThat(entry.at("/request/method").asString()).isEqualTo("PUT");
                    assertThat(entry.at("/request/url").asString())
                            .isEqualTo(type + "/" + entry.at("/resource/id").asString());
                    counts.merge(type, 1L, Long::sum);
                }
            }
        }
        assertThat(counts).isEqualTo(report.resourcesByType());
    }

    @Test
    void everyReferenceLeadsSomewhereAndNoIdIsUsedTwice() {
        SyntheticHospital hospital = new SyntheticHospital(200, 11);
        Set<String> shared = new HashSet<>();
        hospital.organisation().forEach(r -> shared.add(r.type() + "/" + r.id()));
        for (long patient = 0; patient < 200; patient++) {
            Set<String> known = new HashSet<>(shared);
            List<SyntheticResource> resources = hospital.patient(patient);
            resources.forEach(
                    r -> assertThat(known.add(r.type() + "/" + r.id())).isTrue());
            for (SyntheticResource resource : resources) {
                JsonNode node = mapper.readTree(resource.json());
                assertThat(node.path("id").asString()).isEqualTo(resource.id()).matches("[A-Za-z0-9\\-.]{1,64}");
                assertThat(node.path("resourceType").asString()).isEqualTo(resource.type());
                node.findValuesAsString("reference")
                        .forEach(r -> assertThat(known).contains(r));
            }
        }
    }

    @Test
    void insuranceNumbersAreUniqueAndHaveTheirCheckDigit() {
        Set<String> numbers = new HashSet<>();
        LongStream.range(0, 20_000).mapToObj(InsuranceNumber::of).forEach(number -> {
            assertThat(number).matches("[A-Z][0-9]{9}");
            assertThat(numbers.add(number)).isTrue();
            assertThat(number.charAt(9) - '0').isEqualTo(InsuranceNumber.checkDigit(number));
        });
        // The example of the numbering rules: A123456780.
        assertThat(InsuranceNumber.checkDigit("A12345678")).isZero();
    }

    @Test
    void aHospitalWithoutPatientsIsRefused() {
        assertThatThrownBy(() -> new SyntheticHospital(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String digest(SyntheticHospital hospital) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            hospital.resources().forEach(r -> {
                digest.update((r.type() + "/" + r.id()).getBytes(StandardCharsets.UTF_8));
                digest.update(r.json());
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
