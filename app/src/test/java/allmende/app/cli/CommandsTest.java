package allmende.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WOMEN = """
            {"version": "2", "inclusionCriteria": [[{
              "context": {"system": "fdpg.mii.cds", "code": "Patient"},
              "termCodes": [{"system": "http://snomed.info/sct", "code": "263495000", "display": "Sex: female"}],
              "valueFilter": {"type": "concept", "selectedConcepts": [
                {"system": "http://hl7.org/fhir/administrative-gender", "code": "female", "display": "female"}]}}]]}
            """;
    private static final String OVER_60 = """
            {"version": "2", "inclusionCriteria": [[{
              "context": {"system": "fdpg.mii.cds", "code": "Patient"},
              "termCodes": [{"system": "http://snomed.info/sct", "code": "424144002", "display": "Age over 60"}],
              "valueFilter": {"type": "quantity-comparator", "comparator": "gt", "value": 60, "unit": {"code": "a"}}}]]}
            """;

    @TempDir
    private Path folder;

    private Path query(String text) throws IOException {
        return Files.writeString(folder.resolve("query.json"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "site",
                "portal",
                "generate",
                "load",
                "count",
                "quarantine",
                "quarantine list",
                "quarantine show",
                "quarantine retry",
                "erase",
                "index",
                "index rebuild",
                "index status",
                "user",
                "audit",
                "audit verify",
                "client",
                "client add",
                "client list",
                "client remove",
                "user add",
                "user list",
                "user remove"
            })
    void everyCommandHasHelp(String command) {
        Typed help = Typed.run((command + " --help").split(" "));

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: allmende " + command);
    }

    @Test
    void countsAsATree() throws IOException {
        Typed counted = Typed.run(
                "count", "--data", Hospital.data().toString(), query(WOMEN).toString());

        assertThat(counted.code()).as(counted.err()).isZero();
        assertThat(counted.out()).matches("(?s)\\d+ patients  \\(snapshot t = \\d+, \\d+ ms\\).*");
        assertThat(counted.out()).contains("└─ and      Sex: female");
    }

    @Test
    void countsAsJsonWithTheClockGiven() throws IOException {
        String data = Hospital.data().toString();
        String query = query(OVER_60).toString();

        JsonNode now = JSON.readTree(
                Typed.run("count", "--data", data, "--json", query).out());
        JsonNode earlier = JSON.readTree(Typed.run("count", "--data", data, "--json", "--today", "1990-01-01", query)
                .out());

        assertThat(now.get("count").asLong())
                .isPositive()
                .isGreaterThan(earlier.get("count").asLong());
        assertThat(now.get("t").asLong()).isPositive();
        assertThat(now.at("/funnel/inclusion/0/criteria/0/label").asString()).isEqualTo("Age over 60");
        assertThat(now.at("/funnel/inclusion/0/remaining").asLong())
                .isEqualTo(now.get("count").asLong());
        assertThat(now.get("notes").isArray()).isTrue();
    }

    @Test
    void readsTheQueryFromStandardInput() {
        Typed counted = Typed.run(
                WOMEN,
                new String[] {"count", "--json", "--data", Hospital.data().toString(), "-"});

        assertThat(counted.code()).as(counted.err()).isZero();
    }

    @Test
    void tellsWhereAQueryIsWrong() throws IOException {
        Path query = query(WOMEN.replace("\"code\": \"Patient\"", "\"code\": \"Nobody\""));

        Typed counted = Typed.run("count", "--data", Hospital.data().toString(), query.toString());

        assertThat(counted.code()).isEqualTo(Commands.WRONG);
        assertThat(counted.out()).isEmpty();
        assertThat(counted.err()).contains("The query can't be answered", "/inclusionCriteria/0/0/context");
    }

    @Test
    void refusesAQueryThatIsNoJson() throws IOException {
        Typed counted = Typed.run(
                "count",
                "--data",
                Hospital.data().toString(),
                query("{\"version\": ").toString());

        assertThat(counted.code()).isEqualTo(Commands.WRONG);
        assertPlain(counted);
    }

    @Test
    void namesAFileThatIsAbsent() {
        Typed counted = Typed.run("count", "--data", Hospital.data().toString(), "absent.json");
        Typed loaded = Typed.run("load", "--data", folder.resolve("x").toString(), "absent");

        assertThat(counted.code()).isEqualTo(Commands.FAILED);
        assertThat(counted.err()).contains("absent.json");
        assertThat(loaded.code()).isEqualTo(Commands.FAILED);
        assertThat(loaded.err()).contains("absent");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void countsNothingWhereNothingIs() throws IOException {
        Path missing = folder.resolve("missing");

        Typed counted =
                Typed.run("count", "--data", missing.toString(), query(WOMEN).toString());

        assertThat(counted.code()).isEqualTo(Commands.FAILED);
        assertThat(counted.err()).contains("There is no data folder", "--data");
        assertThat(missing).doesNotExist();
    }

    @Test
    void tellsThatAFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        Typed listed =
                Typed.run("quarantine", "list", "--data", file.resolve("data").toString());

        assertThat(listed.code()).isEqualTo(Commands.FAILED);
        assertThat(listed.err()).contains("can't be created", "--data");
        assertPlain(listed);
    }

    @Test
    void tellsThatAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Typed served = Typed.run(
                    "site",
                    "--open",
                    "--data",
                    folder.resolve("site").toString(),
                    "--port",
                    Integer.toString(taken.getLocalPort()));

            assertThat(served.code()).isEqualTo(Commands.FAILED);
            assertThat(served.err()).contains("The port " + taken.getLocalPort() + " is in use", "--port");
            assertPlain(served);
        }
    }

    @Test
    void anOpenSiteCannotBeBoundElsewhere() {
        Typed served = Typed.run("site", "--open", "--bind", "0.0.0.0", "--data", folder.toString());

        assertThat(served.code()).isEqualTo(Commands.WRONG);
        assertThat(served.err()).contains("--open", "--bind");
    }

    @Test
    void wrongUseIsExplained() {
        assertThat(Typed.run("cuont").code()).isEqualTo(Commands.WRONG);
        assertThat(Typed.run("cuont").err()).contains("count");
        assertThat(Typed.run("generate", "--patients", "0", "--out", "x").code())
                .isEqualTo(Commands.WRONG);
        assertThat(Typed.run("user").code()).isEqualTo(Commands.WRONG);
    }

    @Test
    void generateDoesNotMixHospitals() throws IOException {
        Files.writeString(folder.resolve("something"), "");

        Typed generated = Typed.run("generate", "--patients", "1", "--out", folder.toString());

        assertThat(generated.code()).isEqualTo(Commands.FAILED);
        assertThat(generated.err()).contains("is not empty");
    }

    @Test
    void loadConservesAndQuarantineKeepsWhatIsBad() throws IOException {
        String data = folder.resolve("site").toString();
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(
                in.resolve("good.json"), "{\"resourceType\": \"Patient\", \"id\": \"p1\", \"gender\": \"female\"}");
        Files.writeString(in.resolve("bad.json"), "{\"resourceType\": \"Patient\", ");

        Typed loaded = Typed.run("load", "--data", data, in.toString());
        Typed again = Typed.run("load", "--data", data, in.toString());
        Typed listed = Typed.run("quarantine", "list", "--data", data);
        Typed shown = Typed.run(
                "quarantine", "show", "--data", data, listed.out().strip().split("\\s+")[0]);
        Typed retried = Typed.run("quarantine", "retry", "--data", data);
        Typed erased = Typed.run("erase", "--data", data, "p1");
        Typed erasedAgain = Typed.run("erase", "--data", data, "p1");

        assertThat(loaded.code()).as(loaded.err()).isZero();
        assertThat(loaded.out()).containsPattern("received +2\n").containsPattern("stored +1\n");
        assertThat(loaded.out()).containsPattern("quarantined +1\n");
        assertThat(again.out()).containsPattern("unchanged +1\n");
        assertThat(listed.out()).contains("malformed-json", "bad.json");
        assertThat(shown.out()).contains("{\"resourceType\": \"Patient\",");
        assertThat(retried.out()).containsPattern("remaining +1\n");
        assertThat(erased.code()).as(erased.err()).isZero();
        assertThat(erased.out()).containsPattern("versions +1\n");
        assertThat(erasedAgain.code()).isEqualTo(Commands.FAILED);
    }

    @Test
    void indexTellsItsStateAndIsRebuilt() {
        String data = Hospital.data().toString();

        Typed before = Typed.run("index", "status", "--data", data);
        Typed rebuilt = Typed.run("index", "rebuild", "--data", data);
        Typed after = Typed.run("index", "status", "--data", data);

        assertThat(rebuilt.code()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.err()).contains("Rebuilt in");
        assertThat(after.out()).isEqualTo(before.out()).containsPattern("index +t = \\d+");
    }

    @Test
    void usersComeAndGo() throws IOException {
        String data = folder.toString();

        Typed added = Typed.run("user", "add", "--data", data, "ada");
        Typed piped = Typed.run(
                "a long enough one\n", new String[] {"user", "add", "--data", data, "--password-stdin", "bob"});
        Typed weak = Typed.run("short\n", new String[] {"user", "add", "--data", data, "--password-stdin", "eve"});
        Typed twice = Typed.run("user", "add", "--data", data, "ada");
        Typed listed = Typed.run("user", "list", "--data", data);
        Typed removed = Typed.run("user", "remove", "--data", data, "ada");
        Typed removedAgain = Typed.run("user", "remove", "--data", data, "ada");

        assertThat(added.code()).isZero();
        assertThat(added.out().strip()).hasSize(20);
        assertThat(piped.code()).isZero();
        assertThat(piped.out()).isEmpty();
        assertThat(weak.code()).isEqualTo(Commands.FAILED);
        assertThat(twice.code()).isEqualTo(Commands.FAILED);
        assertThat(listed.out().lines()).containsExactly("ada\tsite-engineer", "bob\tsite-engineer");
        assertThat(removed.code()).isZero();
        assertThat(removedAgain.code()).isEqualTo(Commands.FAILED);
        Path file = folder.resolve("users.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain("a long enough one").contains("$2a$");
    }

    private static void assertPlain(Typed typed) {
        assertThat(typed.err()).doesNotContain("Exception", "\tat ");
        assertThat(typed.err().strip().lines().count()).isLessThanOrEqualTo(4);
    }
}
