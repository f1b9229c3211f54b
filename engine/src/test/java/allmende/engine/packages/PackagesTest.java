package allmende.engine.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {

    private static final String URL = "http://example.org/ValueSet/v";

    @TempDir
    Path scratch;

    private Path folder;
    private Packages packages;

    @BeforeEach
    void open() {
        folder = scratch.resolve("packages");
        packages = Packages.open(folder);
    }

    @Test
    void versionsStandSideBySideAndAreFoundByTheirAddress() throws IOException {
        install(Archives.of("a", "2025.0.1").valueSet(URL, "2025.0.1"));
        install(Archives.of("a", "2026.0.0").valueSet(URL, "2026.0.0"));
        install(Archives.of("a", "2026.0.0-rc.1").valueSet(URL, "2026.0.0-rc.1"));

        assertThat(packages.list()).hasSize(3);
        assertThat(version(URL)).isEqualTo("2026.0.0");
        assertThat(version(URL + "|2025.0.1")).isEqualTo("2025.0.1");
        assertThat(version(URL + "|2025")).isEqualTo("2025.0.1");
        assertThat(version(URL + "|2026.0.0-rc.1")).isEqualTo("2026.0.0-rc.1");
        assertThat(packages.find(URL + "|2024")).isEmpty();
        assertThat(packages.definitions("ValueSet"))
                .extracting(tree -> tree.path("version").asString())
                .containsExactly("2026.0.0", "2026.0.0-rc.1", "2025.0.1");
    }

    @Test
    void tellsWhatIsMissing() throws IOException {
        install(Archives.of("a", "1.0.0").valueSet(URL, "1"));
        assertThat(packages.missing())
                .containsExactly(new MissingDependency(new PackageId("a", "1.0.0"), "other", "1.5.x", List.of()));
        install(Archives.of("other", "1.4.0").valueSet(URL, "2"));
        assertThat(packages.missing().getFirst().others()).containsExactly("1.4.0");
        install(Archives.of("other", "1.5.4").valueSet(URL, "3"));
        assertThat(packages.missing()).noneMatch(one -> one.from().name().equals("a"));
    }

    @Test
    void anotherProcessNoticesWhatCameAndWent() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (Packages other = Packages.open(folder);
                Packages.Subscription heard = other.onChange(calls::incrementAndGet)) {
            install(Archives.of("a", "1.0.0").valueSet(URL, "1"));
            assertThat(other.refresh()).isTrue();
            assertThat(other.refresh()).isFalse();
            assertThat(other.find(URL)).isPresent();
            assertThat(packages.remove(new PackageId("a", "1.0.0"))).isTrue();
            assertThat(packages.remove(new PackageId("a", "1.0.0"))).isFalse();
            assertThat(other.refresh()).isTrue();
            assertThat(other.find(URL)).isEmpty();
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void installingAgainChangesNothing() throws IOException {
        install(Archives.of("a", "1.0.0").valueSet(URL, "1"));
        assertThat(packages.install(Archives.of("a", "1.0.0").valueSet(URL, "2").write(scratch.resolve("b.tgz"))))
                .isEqualTo(new Installation.Present(new PackageId("a", "1.0.0")));
        assertThat(version(URL)).isEqualTo("1");
    }

    @Test
    void brokenFilesAreToldAndNothingIsHalfInstalled() throws IOException {
        Path file = Archives.of("a", "1.0.0")
                .valueSet(URL, "1")
                .with("package/ValueSet-broken.json", "{\"resourceType\":")
                .with("package/examples/Patient-1.json", "no JSON, but no definition either")
                .write(scratch.resolve("a.tgz"));
        assertThat(packages.install(file))
                .asInstanceOf(InstanceOfAssertFactories.type(Installation.Refused.class))
                .satisfies(refused ->
                        assertThat(refused.files()).containsExactly("package/ValueSet-broken.json: is not JSON"));
        assertNothingIsLeft();
    }

    @Test
    void hostileArchivesAreRefused() throws IOException {
        refuses(Archives.of("a", "1.0.0").with("package/../../../evil.json", "{}"), "leads out");
        refuses(Archives.of("a", "1.0.0").with("/tmp/evil.json", "{}"), "leads out");
        refuses(Archives.of("../a", "1.0.0").valueSet(URL, "1"), "name or version");
        refuses(Archives.of("a", "1.0.0").with("package/zeros.bin", new byte[40 << 20]), "far more");
        refuses(Archives.of("a", "1.0.0").with("package/zeros.json", new byte[40 << 20]), "far more");
        refuses(Archives.of("a", "1.0.0"), "no definitions");
        refuses(
                Archives.of("a", "1.0.0")
                        .with(
                                "package/package.json",
                                "{\"name\":\"a\",\"version\":\"1.0.0\",\"fhirVersions\":[\"5.0.0\"]}")
                        .valueSet(URL, "1"),
                "not for FHIR R4");
        assertThat(packages.install(scratch.resolve("nowhere.tgz"))).isInstanceOf(Installation.Refused.class);
        Path noArchive = Files.writeString(scratch.resolve("x.tgz"), "not an archive");
        assertThat(packages.install(noArchive)).isInstanceOf(Installation.Refused.class);
        Path half = Archives.of("a", "1.0.0").valueSet(URL, "1").write(scratch.resolve("half.tgz"));
        byte[] bytes = Files.readAllBytes(half);
        Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(packages.install(half)).isInstanceOf(Installation.Refused.class);
        assertNothingIsLeft();
    }

    @Test
    void everyPublishedPackageInstalls() throws IOException {
        Path published = shared().resolve("packages");
        Assumptions.assumeTrue(Files.isDirectory(published), "no published packages in ../shared");
        try (Stream<Path> files =
                Stream.concat(Files.list(published), Files.list(published.resolve("definitions-2026")))) {
            for (Path file : (Iterable<Path>) files.filter(one -> one.toString().endsWith(".tgz"))::iterator) {
                assertThat(packages.install(file)).as(file.toString()).isInstanceOf(Installation.Installed.class);
            }
        }
        String lab =
                "https://www.medizininformatik-initiative.de/fhir/core/modul-labor/StructureDefinition/ObservationLab";
        assertThat(version(lab)).isEqualTo("2026.0.0");
        assertThat(version(lab + "|2025")).startsWith("2025.");
        assertThat(packages.definitions("SearchParameter")).hasSizeGreaterThan(150);
        assertThat(Packages.open(folder).list()).hasSameSizeAs(packages.list());
    }

    static Path shared() {
        String elsewhere = System.getenv("ALLMENDE_SHARED");
        return elsewhere != null ? Path.of(elsewhere) : Path.of(System.getProperty("allmende.root"), "..", "shared");
    }

    private void install(Archives archive) throws IOException {
        assertThat(packages.install(archive.write(scratch.resolve("a.tgz"))))
                .isInstanceOf(Installation.Installed.class);
    }

    private void refuses(Archives archive, String why) throws IOException {
        assertThat(packages.install(archive.write(scratch.resolve("hostile.tgz"))))
                .asInstanceOf(InstanceOfAssertFactories.type(Installation.Refused.class))
                .satisfies(refused -> assertThat(refused.reason()).contains(why));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        assertThat(packages.list()).isEmpty();
    }

    private String version(String canonical) {
        return packages.find(canonical).orElseThrow().path("version").asString();
    }
}
