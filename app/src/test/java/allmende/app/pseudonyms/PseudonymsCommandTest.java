package allmende.app.pseudonyms;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
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
}
