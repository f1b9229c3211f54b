package allmende.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.engine.delivery.Sealing.Opened;
import allmende.engine.delivery.Sealing.Reason;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the recipient opens a sealed delivery, with our program or with another; what was changed is refused. */
class SealingTest {

    @TempDir
    private Path temp;

    /** Sealing only reads it, so one serves all. */
    private static Path folder = Path.of("");

    @BeforeAll
    static void delivery(@TempDir Path shared) throws IOException {
        folder = SampleDelivery.written(shared.resolve("d"), SampleDelivery.plan(), 3)
                .finish()
                .folder();
    }

    @Test
    void theRecipientOpensIt() throws IOException {
        OwnKey.Pair pair = OwnKey.make(new SecureRandom());
        Path sealed = seal(pair.open());
        Path out = temp.resolve("out");
        assertThat(Sealing.open(sealed, OwnKey.read(pair.secret()).orElseThrow(), out))
                .isEqualTo(new Opened.Done(out, Trees.files(folder).size()));
        assertSame(folder, out);
        assertThat(Files.readAllBytes(sealed))
                .asString(StandardCharsets.ISO_8859_1)
                .doesNotContain("Patient");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "P-256", "P-384"})
    void opensslOpensItToo(String kind) throws Exception {
        Path key = temp.resolve("key.pem");
        Path open = temp.resolve("open.pem");
        if (kind.equals("rsa")) {
            run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072", "-out", key.toString());
        } else {
            run(
                    "openssl",
                    "genpkey",
                    "-algorithm",
                    "EC",
                    "-pkeyopt",
                    "ec_paramgen_curve:" + kind,
                    "-out",
                    key.toString());
        }
        run("openssl", "pkey", "-in", key.toString(), "-pubout", "-out", open.toString());
        Path sealed = seal(Files.readString(open));
        assertOpensslReads(sealed, key);
        assertThat(Sealing.open(sealed, OwnKey.read(Files.readString(key)).orElseThrow(), temp.resolve("own")))
                .isInstanceOf(Opened.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:3072", "ec"})
    void certificatesAreKeysToo(String kind) throws Exception {
        Path key = temp.resolve("key.pem");
        Path certificate = temp.resolve("certificate.pem");
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-subj",
                "/CN=Forscherin",
                "-days",
                "30",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-newkey",
                kind));
        if (kind.equals("ec")) {
            command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
        }
        run(command.toArray(String[]::new));
        RecipientKey read = read(Files.readString(certificate));
        assertThat(read.expiry()).isNotNull();
        assertThat(read.fingerprint()).matches("[0-9a-f]{64}");
        Path sealed = seal(Files.readString(certificate));
        assertOpensslReads(sealed, key);
        assertThat(Sealing.open(sealed, OwnKey.read(Files.readString(key)).orElseThrow(), temp.resolve("own")))
                .isInstanceOf(Opened.Done.class);
    }

    @Test
    void anotherKeyOpensNothing() throws IOException {
        Path sealed = seal(OwnKey.make(new SecureRandom()).open());
        OwnKey other = OwnKey.read(OwnKey.make(new SecureRandom()).secret()).orElseThrow();
        refused(sealed, other, Reason.OTHER_KEY);
    }

    @Test
    void aFlippedBitIsNoticedWhereverItIs() throws IOException {
        OwnKey.Pair pair = OwnKey.make(new SecureRandom());
        OwnKey key = OwnKey.read(pair.secret()).orElseThrow();
        byte[] whole = Files.readAllBytes(seal(pair.open()));
        int step = whole.length / 40;
        for (int at = 1; at < whole.length; at += step) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            nothing(changed, key, "bit flipped at " + at + " of " + whole.length);
        }
        for (int before = 1; before <= 24; before++) {
            byte[] last = whole.clone();
            last[last.length - before] ^= 1;
            nothing(last, key, "bit flipped in the last byte but " + (before - 1));
        }
    }

    @Test
    void aCutFileIsNoticed() throws IOException {
        OwnKey.Pair pair = OwnKey.make(new SecureRandom());
        OwnKey key = OwnKey.read(pair.secret()).orElseThrow();
        byte[] whole = Files.readAllBytes(seal(pair.open()));
        for (int length : List.of(0, 1, 100, 600, whole.length / 2, whole.length - 30, whole.length - 8)) {
            nothing(Arrays.copyOf(whole, length), key, "cut at " + length + " of " + whole.length);
        }
    }

    @Test
    void aFolderInUseIsLeftAlone() throws IOException {
        OwnKey.Pair pair = OwnKey.make(new SecureRandom());
        Path sealed = seal(pair.open());
        Path out = Files.createDirectories(temp.resolve("out"));
        Files.writeString(out.resolve("mine.txt"), "x");
        assertThat(Sealing.open(sealed, OwnKey.read(pair.secret()).orElseThrow(), out))
                .isEqualTo(new Opened.Refused(Reason.FOLDER_IN_USE));
        assertThat(Files.readString(out.resolve("mine.txt"))).isEqualTo("x");
    }

    @Test
    void keysThatDoNotSufficeAreRefusedWithAReason() throws Exception {
        OwnKey.Pair pair = OwnKey.make(new SecureRandom());
        assertThat(RecipientKey.read(pair.secret()))
                .isEqualTo(new RecipientKey.Outcome.Refused(RecipientKey.Reason.PRIVATE_KEY));
        assertThat(RecipientKey.read("hello")).isEqualTo(new RecipientKey.Outcome.Refused(RecipientKey.Reason.NO_KEY));
        assertThat(RecipientKey.read("")).isEqualTo(new RecipientKey.Outcome.Refused(RecipientKey.Reason.NO_KEY));
        Path key = temp.resolve("short.pem");
        run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key.toString());
        run(
                "openssl",
                "pkey",
                "-in",
                key.toString(),
                "-pubout",
                "-out",
                temp.resolve("short.pub").toString());
        assertThat(RecipientKey.read(Files.readString(temp.resolve("short.pub"))))
                .isEqualTo(new RecipientKey.Outcome.Refused(RecipientKey.Reason.TOO_SHORT));
        run("openssl", "genpkey", "-algorithm", "ED25519", "-out", key.toString());
        run(
                "openssl",
                "pkey",
                "-in",
                key.toString(),
                "-pubout",
                "-out",
                temp.resolve("ed.pub").toString());
        assertThat(RecipientKey.read(Files.readString(temp.resolve("ed.pub"))))
                .isEqualTo(new RecipientKey.Outcome.Refused(RecipientKey.Reason.OTHER_KIND));
        assertThat(read(pair.open()).kind()).isEqualTo("EC P-384");
        assertThat(pair.toString()).doesNotContain("PRIVATE");
    }

    private static RecipientKey read(String pem) {
        return ((RecipientKey.Outcome.Read) RecipientKey.read(pem)).key();
    }

    private Path seal(String pem) throws IOException {
        Path target = temp.resolve("delivery.cms");
        DeliveredFile file = Sealing.seal(folder, read(pem), target);
        assertThat(file.bytes()).isEqualTo(Files.size(target));
        return target;
    }

    private void refused(Path sealed, OwnKey key, Reason reason) throws IOException {
        Path out = temp.resolve("refused");
        assertThat(Sealing.open(sealed, key, out)).isEqualTo(new Opened.Refused(reason));
        assertThat(out).doesNotExist();
        assertThat(temp.resolve("refused.part")).doesNotExist();
    }

    private void nothing(byte[] bytes, OwnKey key, String how) throws IOException {
        Path file = Files.write(temp.resolve("bad.cms"), bytes);
        Path out = temp.resolve("bad");
        assertThat(Sealing.open(file, key, out)).as(how).isInstanceOf(Opened.Refused.class);
        assertThat(out).as(how).doesNotExist();
        assertThat(temp.resolve("bad.part")).as(how).doesNotExist();
    }

    private void assertOpensslReads(Path sealed, Path key) throws Exception {
        Path tar = temp.resolve("delivery.tar");
        run(
                "openssl",
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                sealed.toString(),
                "-inkey",
                key.toString(),
                "-out",
                tar.toString());
        run("tar", "-xf", tar.toString(), "-C", temp.toString());
        assertSame(folder, temp.resolve("delivery"));
    }

    private static void assertSame(Path one, Path two) throws IOException {
        assertThat(Trees.files(two)).isEqualTo(Trees.files(one));
        for (String path : Trees.files(one)) {
            assertThat(Files.mismatch(one.resolve(path), two.resolve(path))).isEqualTo(-1);
        }
    }

    private static void run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            assumeTrue(false, "There is no " + command[0] + " on this machine");
            return;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
