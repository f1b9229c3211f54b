package allmende.core.deident.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Check digits find what they promise; what is drawn matches; a domain stays sparse. */
class PseudonymFormProperties {

    private static final String ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Every method with each alphabet that it works with. */
    @Provide
    Arbitrary<PseudonymForm> forms() {
        List<PseudonymForm> bases = new ArrayList<>();
        for (CheckMethod method : CheckMethod.values()) {
            for (int size = 2; size <= ALL.length(); size++) {
                if (method.fits(size) && method.lengthMax(size) > 4) {
                    bases.add(new PseudonymForm(new Alphabet(ALL.substring(0, size)), 8, CheckMethod.NONE, ""));
                    int longest = Math.min(20, method.lengthMax(size) - method.symbols());
                    for (int length = 1; length <= longest; length += 3) {
                        if (PseudonymForm.of(ALL.substring(0, size), length, method, "")
                                instanceof FormRead.Usable(PseudonymForm form)) {
                            bases.add(form);
                        }
                    }
                }
            }
        }
        return Combinators.combine(Arbitraries.of(bases), Arbitraries.of("", "mii_", "S-"))
                .as((form, prefix) -> new PseudonymForm(form.alphabet(), form.length(), form.check(), prefix));
    }

    @Property(tries = 2000)
    void whatIsDrawnMatches(@ForAll("forms") PseudonymForm form) {
        String drawn = form.draw(RANDOM);

        assertThat(form.matches(drawn)).isTrue();
        assertThat(drawn)
                .startsWith(form.prefix())
                .hasSize(form.prefix().length() + form.length() + form.check().symbols());
        assertThat(form.matches(drawn + drawn.charAt(drawn.length() - 1))).isFalse();
        assertThat(form.matches(drawn.substring(1))).isFalse();
    }

    @Property(tries = 1000)
    void everySingleErrorIsFound(@ForAll("forms") PseudonymForm form) {
        if (form.check() == CheckMethod.NONE) {
            return;
        }
        String drawn = form.draw(RANDOM);
        for (int i = form.prefix().length(); i < drawn.length(); i++) {
            for (char other : form.alphabet().symbols().toCharArray()) {
                if (other != drawn.charAt(i)) {
                    assertThat(form.matches(drawn.substring(0, i) + other + drawn.substring(i + 1)))
                            .as(form + " " + drawn + " " + i + other)
                            .isFalse();
                }
            }
        }
    }

    @Property(tries = 1000)
    void adjacentTranspositionsAreFound(@ForAll("forms") PseudonymForm form) {
        String drawn = form.draw(RANDOM);
        String first = form.alphabet().symbols().substring(0, 1);
        String last = form.alphabet().symbols().substring(form.alphabet().size() - 1);
        for (int i = form.prefix().length(); i + 1 < drawn.length(); i++) {
            String pair = drawn.substring(i, i + 2);
            boolean promised =
                    switch (form.check()) {
                        case NONE -> false;
                        case LUHN -> !pair.equals(first + last) && !pair.equals(last + first);
                        case VERHOEFF, DAMM, REED_SOLOMON -> true;
                    };
            if (promised && pair.charAt(0) != pair.charAt(1)) {
                assertThat(form.matches(exchanged(drawn, i, i + 1)))
                        .as(form + " " + drawn + " at " + i)
                        .isFalse();
            }
        }
    }

    @Property(tries = 500)
    void reedSolomonFindsAnyTwoErrors(@ForAll("forms") PseudonymForm form, @ForAll int seed) {
        if (form.check() != CheckMethod.REED_SOLOMON) {
            return;
        }
        String drawn = form.draw(RANDOM);
        int begin = form.prefix().length();
        for (int i = begin; i < drawn.length(); i++) {
            for (int j = i + 1; j < drawn.length(); j++) {
                if (drawn.charAt(i) != drawn.charAt(j)) {
                    assertThat(form.matches(exchanged(drawn, i, j))).isFalse();
                }
                StringBuilder wrong = new StringBuilder(drawn);
                wrong.setCharAt(i, another(form, drawn.charAt(i), seed + i));
                wrong.setCharAt(j, another(form, drawn.charAt(j), seed + j));
                assertThat(form.matches(wrong.toString())).isFalse();
            }
        }
    }

    private static char another(PseudonymForm form, char symbol, int seed) {
        String symbols = form.alphabet().symbols();
        int shift = 1 + Math.floorMod(seed, symbols.length() - 1);
        return symbols.charAt((symbols.indexOf(symbol) + shift) % symbols.length());
    }

    private static String exchanged(String text, int i, int j) {
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(i, text.charAt(j));
        changed.setCharAt(j, text.charAt(i));
        return changed.toString();
    }

    @Property(tries = 200)
    void aDomainStaysSparse(@ForAll("forms") PseudonymForm form) {
        assertThat(BigInteger.valueOf(form.room()).multiply(BigInteger.valueOf(PseudonymForm.SPARSITY)))
                .isLessThanOrEqualTo(form.possible());
        assertThat(form.room()).isGreaterThanOrEqualTo(10);
    }

    /** Worked by hand, or found in the publications of the methods. */
    @Example
    void knownCheckDigits() {
        assertThat(CheckMethod.VERHOEFF.of(new int[] {2, 3, 6}, 10)).containsExactly(3);
        assertThat(CheckMethod.VERHOEFF.of(new int[] {1, 2, 3, 4, 5}, 10)).containsExactly(1);
        assertThat(CheckMethod.DAMM.of(new int[] {5, 7, 2}, 10)).containsExactly(4);
        assertThat(CheckMethod.LUHN.of(new int[] {7, 9, 9, 2, 7, 3, 9, 8, 7, 1}, 10))
                .containsExactly(3);
    }

    @Example
    void everySymbolIsDrawnAboutAsOften() {
        PseudonymForm form = new PseudonymForm(Alphabet.SYMBOL31, 60, CheckMethod.NONE, "");
        int[] times = new int[128];
        for (int i = 0; i < 1000; i++) {
            form.draw(RANDOM).chars().forEach(c -> times[c]++);
        }
        // 60,000 draws over 31 symbols: 1,935 each, standard deviation 43; ten of those never happen
        form.alphabet().symbols().chars().forEach(c -> assertThat(times[c]).isBetween(1_500, 2_370));
    }

    @Example
    void whatCanBeNoFormIsRefusedWithItsReason() {
        assertThat(fault("AAB", 8, CheckMethod.NONE, "")).isEqualTo(FormRead.Fault.ALPHABET);
        assertThat(fault("äöü", 8, CheckMethod.NONE, "")).isEqualTo(FormRead.Fault.ALPHABET);
        assertThat(fault("0123456789", 0, CheckMethod.NONE, "")).isEqualTo(FormRead.Fault.LENGTH);
        assertThat(fault("0123456789", 8, CheckMethod.NONE, "a b")).isEqualTo(FormRead.Fault.PREFIX);
        assertThat(fault("0123456789", 8, CheckMethod.REED_SOLOMON, "")).isEqualTo(FormRead.Fault.CHECK_ALPHABET);
        assertThat(fault("0123456789ABCDEF", 14, CheckMethod.REED_SOLOMON, "")).isEqualTo(FormRead.Fault.CHECK_LENGTH);
        assertThat(fault("01", 6, CheckMethod.NONE, "")).isEqualTo(FormRead.Fault.TOO_FEW);
        assertThatThrownBy(() -> new PseudonymForm(Alphabet.DIGITS, 0, CheckMethod.NONE, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FormRead.Fault fault(String symbols, int length, CheckMethod check, String prefix) {
        return ((FormRead.Unusable) PseudonymForm.of(symbols, length, check, prefix)).fault();
    }
}
