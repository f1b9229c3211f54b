package allmende.engine.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.PlanRead;
import allmende.core.extraction.ProfileElements;
import allmende.engine.packages.Packages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What installed packages tell an extraction: profiles written for the test, and all published ones that are at hand. */
class InstalledElementsTest {

    private static final String BASE = "http://t/StructureDefinition/base";

    @TempDir
    private Path temp = Path.of("");

    @Test
    void knowsInstalledProfilesAndWhatDerivesFromThem() throws IOException {
        try (Packages packages = Packages.open(temp.resolve("packages"))) {
            InstalledElements elements = new InstalledElements(packages);
            assertThat(elements.shape(BASE)).isEmpty();

            packages.install(archive(
                    profile("base", "http://hl7.org/fhir/StructureDefinition/Condition", true),
                    profile("child", BASE + "|1.0", true),
                    profile("grandchild", "http://t/StructureDefinition/child", true),
                    profile("bare", BASE, false),
                    parameter("stage", "Condition.stage.type"),
                    parameter("clever", "Condition.stage.where(type.exists())"),
                    parameter("when", "Condition.onset.as(dateTime) | Condition.onset.ofType(Period)")));

            assertThat(elements.shape(BASE).orElseThrow().accepted())
                    .containsExactlyInAnyOrder(
                            BASE,
                            "http://t/StructureDefinition/child",
                            "http://t/StructureDefinition/grandchild",
                            "http://t/StructureDefinition/bare");
            assertThat(elements.shape(BASE + "|1.0").orElseThrow().type()).isEqualTo("Condition");
            assertThat(elements.shape("http://t/StructureDefinition/bare"))
                    .as("no snapshot")
                    .isEmpty();
            assertThat(elements.searched(BASE, "Condition", "stage")).contains("Condition.stage.type");
            assertThat(elements.searched(BASE, "Condition", "clever")).isEmpty();
            assertThat(elements.searched(BASE, "Condition", "code")).contains("Condition.code");
            assertThat(elements.searched(BASE, "Condition", "onset-date")).contains("Condition.onset[x]");
            assertThat(elements.searched(BASE, "Condition", "nothing")).isEmpty();
        }
    }

    private static String profile(String name, String base, boolean snapshot) {
        String elements = "'snapshot':{'element':[{'id':'Condition'},{'id':'Condition.code','min':1,'max':'1',"
                + "'type':[{'code':'CodeableConcept'}]}]},";
        return ("StructureDefinition-" + name + ".json={'resourceType':'StructureDefinition','id':'" + name
                        + "','url':'http://t/StructureDefinition/" + name
                        + "','version':'1.0','name':'N','status':'active',"
                        + "'kind':'resource','abstract':false,'type':'Condition'," + (snapshot ? elements : "")
                        + "'derivation':'constraint','baseDefinition':'" + base + "'}")
                .replace('\'', '"');
    }

    private static String parameter(String code, String expression) {
        return ("SearchParameter-" + code + ".json={'resourceType':'SearchParameter','id':'" + code
                        + "','url':'http://t/SearchParameter/" + code
                        + "','version':'1.0','name':'N','status':'active','code':'"
                        + code + "','base':['Condition'],'type':'token','expression':'" + expression + "'}")
                .replace('\'', '"');
    }

    /** A package (tar in gzip; POSIX ustar headers) with these files. */
    private Path archive(String... files) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        entry(tar, "package.json", "{\"name\":\"t\",\"version\":\"1.0.0\",\"fhirVersions\":[\"4.0.1\"]}");
        for (String file : files) {
            int equals = file.indexOf('=');
            entry(tar, file.substring(0, equals), file.substring(equals + 1));
        }
        tar.write(new byte[1024]);
        Path archive = temp.resolve("t.tgz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write(tar.toByteArray());
        }
        return archive;
    }

    private static void entry(ByteArrayOutputStream tar, String name, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        put(header, 0, "package/" + name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(body.length));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.write(header);
        tar.write(body);
        tar.write(new byte[(512 - body.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** No published profile makes it fail, and each of their element ids may be asked for. Skips without them. */
    @Test
    void everyElementOfPublishedProfilesMayBeAskedFor() throws IOException {
        String named = System.getenv("ALLMENDE_SHARED");
        Path shared = named == null
                ? Path.of(System.getProperty("allmende.root", "..")).resolveSibling("shared")
                : Path.of(named);
        assumeTrue(Files.isDirectory(shared.resolve("packages")), "no published packages beside the repository");
        try (Packages packages = Packages.open(temp.resolve("packages"));
                Stream<Path> files = Files.list(shared.resolve("packages"))) {
            files.filter(file -> file.toString().endsWith(".tgz")).sorted().forEach(packages::install);
            ProfileElements elements = new InstalledElements(packages);
            int profiles = 0;
            List<String> unresolved = new ArrayList<>();
            for (JsonNode definition : packages.definitions("StructureDefinition")) {
                String url = definition.path("url").asString("") + "|"
                        + definition.path("version").asString("");
                if (definition.path("kind").asString("").equals("resource")
                        && !definition.path("snapshot").path("element").isEmpty()) {
                    profiles++;
                    unresolved.addAll(unresolved(url, definition, elements));
                }
            }
            System.out.println(profiles + " published profiles read");
            assertThat(profiles).isGreaterThan(100);
            assertThat(unresolved).isEmpty();
        }
    }

    private static List<String> unresolved(String url, JsonNode definition, ProfileElements elements) {
        List<Attribute> attributes = new ArrayList<>();
        for (JsonNode element : definition.path("snapshot").path("element").values()) {
            String id = element.path("id").asString("");
            if (id.indexOf('.') > 0) {
                attributes.add(new Attribute(id, false, List.of(), "/" + id));
            }
        }
        Extraction extraction = new Extraction(List.of(
                new AttributeGroup("p", "p", Case.PERSON, false, List.of(), List.of(), ""),
                new AttributeGroup("g", "g", url, false, attributes, List.of(), "")));
        return switch (ExtractPlan.read(extraction, elements.or(Case.ELEMENTS), Set::of)) {
            case PlanRead.Planned _ -> List.of();
            // a second group of patients is refused, but not for its elements
            case PlanRead.Refused(var problems) ->
                problems.stream()
                        .filter(each -> each.pointer().startsWith("/")
                                && !each.pointer().startsWith("/dataExtraction"))
                        .map(each -> each.pointer() + " " + each.message())
                        .toList();
        };
    }
}
