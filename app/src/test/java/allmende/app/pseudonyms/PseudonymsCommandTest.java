package allmende.app.pseudonyms;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.keys.KeyVault;
import allmende.app.site.SiteLocation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Domains by command. */
class PseudonymsCommandTest {

    private final String data = Hospital.temporary("allmende-psn-command").toString();

    private Typed run(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "pseudonyms";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--data";
        all[words.length + 2] = data;
        return Typed.run(all);
    }

    @Test
    void domainsAreMadeAndListed() {
        assertThat(run("create-domain", "study").code()).isZero();
        assertThat(run("create-domain", "study/below", "--parent", "study", "--alphabet", "digits", "--check", "damm")
                        .err())
                .contains("Made study/below");
        assertThat(run("domains").out()).contains("study\t0 of ", "study/below\t0 of 10000000000000\tstudy");
        assertThat(run("create-domain", "study").err()).contains("There is a domain of this name");
        assertThat(run("create-domain", "other", "--check", "verhoeff").err()).contains("CHECK_ALPHABET");
        assertThat(run("create-domain", "other", "--parent", "none").err()).contains("parent is not there");
        assertThat(Typed.run("audit", "verify", "--data", data).out()).contains("audit trail: intact, 2 entries");
    }

    @Test
    void whatCanNotBeIsToldWithItsCode() {
        Typed none = Typed.run("pseudonyms");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("domains or create-domain");
        assertThat(run("burn").code()).isEqualTo(2);
        assertThat(run("create-domain").code()).isEqualTo(2);
        Typed name = run("create-domain", "a b");
        assertThat(name.code()).isEqualTo(1);
        assertThat(name.err()).contains("can't have this name");
        Typed check = run("create-domain", "odd", "--check", "mod97");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.err()).contains("no kind of check symbols");
        Typed few = run("create-domain", "odd", "--alphabet", "digits", "--length", "1", "--check", "none");
        assertThat(few.code()).isEqualTo(1);
        assertThat(few.err()).contains("TOO_FEW");
        assertThat(run("create-domain", "odd", "--length", "many").code()).isEqualTo(2);
        assertThat(run("create-domain", "odd", "--prefix", "a b").err()).contains("PREFIX");
        assertThat(run("domains").out()).doesNotContain("odd");
    }

    @Test
    void pseudonymsAndOriginalsAreNotShown() {
        assertThat(run("create-domain", "quiet", "--several", "--keep", "--prefix", "Q")
                        .code())
                .isZero();
        String made;
        SiteLocation location = SiteLocation.embedded(Path.of(data));
        try (PseudonymService service =
                PseudonymService.at(location, KeyVault.open(Path.of(data), Map.of()), InstantSource.system())) {
            made = TrustCentre.done(service.several("quiet", "Mustermann-4711", 1))
                    .getFirst();
            assertThat(service.domain("quiet").orElseThrow().policy())
                    .isEqualTo(new PseudonymDomain.Policy(true, false));
        }
        Typed list = run("domains");
        assertThat(made).startsWith("Q");
        assertThat(list.out()).contains("quiet\t1 of ").doesNotContain("4711", made);
    }
}
