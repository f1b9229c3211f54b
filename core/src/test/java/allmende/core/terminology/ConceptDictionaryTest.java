package allmende.core.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ConceptDictionaryTest {

    private static final Terminology TERMINOLOGY = Terminology.of(List.of(new Terminology.CodeSystem(
            Terminology.ICD_10_GM,
            "2025",
            ((Hierarchy.Built.Whole) Hierarchy.of(List.of(
                            new Hierarchy.Concept("E11", "Diabetes", List.of()),
                            new Hierarchy.Concept("E11.9", "ohne Komplikationen", List.of("E11")))))
                    .hierarchy())));

    private static final Coding LOINC = new Coding("http://loinc.org", "2345-7");

    @Test
    void knownCodesHaveTheirNumberBeforeTheyAreMet() {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        Coding diabetes = new Coding(Terminology.ICD_10_GM, "E11");
        long number = concepts.find(diabetes).orElseThrow();
        assertThat(concepts.number(diabetes)).isEqualTo(number);
        assertThat(concepts.subtree(diabetes)).containsExactly(new ConceptRange(number, number + 1));
        assertThat(concepts.coding(number + 1)).isEqualTo(new Coding(Terminology.ICD_10_GM, "E11.9"));
    }

    @Test
    void formerUrisMeanTheSame() {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        assertThat(concepts.number(new Coding("http://fhir.de/CodeSystem/dimdi/icd-10-gm", "E11.9")))
                .isEqualTo(concepts.number(new Coding(Terminology.ICD_10_GM, "E11.9")));
        long unknown = concepts.number(new Coding("http://fhir.de/CodeSystem/dimdi/ops", "9-999"));
        assertThat(concepts.find(new Coding(Terminology.OPS, "9-999"))).hasValue(unknown);
        assertThat(concepts.number(new Coding("http://fhir.de/CodeSystem/dimdi/atc", "A10BA02")))
                .isEqualTo(concepts.number(new Coding(Terminology.ATC_GERMAN, "A10BA02")));
        assertThat(concepts.number(new Coding(Terminology.ATC_WHO, "A10BA02")))
                .isNotEqualTo(concepts.number(new Coding(Terminology.ATC_GERMAN, "A10BA02")));
    }

    @Test
    void metCodesGetTheNextPositionAndStandForThemselves() {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        assertThat(concepts.find(LOINC)).isEmpty();
        assertThat(concepts.subtree(LOINC)).isEmpty();
        long first = concepts.number(LOINC);
        long second = concepts.number(new Coding("http://loinc.org", "718-7"));
        assertThat((int) first).isEqualTo(ConceptDictionary.FIRST_MET_POSITION);
        assertThat(second).isEqualTo(first + 1);
        assertThat(concepts.subtree(LOINC)).containsExactly(new ConceptRange(first, first));
        assertThat(concepts.coding(second)).isEqualTo(new Coding("http://loinc.org", "718-7"));
        assertThat(concepts.number(new Coding(Terminology.ATC_WHO, "X1")) & 0xFFFFFFFFL)
                .isEqualTo(ConceptDictionary.FIRST_MET_POSITION);
    }

    @Property
    void numbersAreKeptOverRestarts(@ForAll("codings") List<Coding> codings) {
        ConceptDictionary first = new ConceptDictionary(TERMINOLOGY);
        Map<Coding, Long> numbers = new HashMap<>();
        ConceptDictionary.News start = first.newsSince(ConceptDictionary.Mark.START);
        List<ConceptDictionary.SystemEntry> systems = new ArrayList<>(start.systems());
        List<ConceptDictionary.CodeEntry> codes = new ArrayList<>();
        ConceptDictionary.Mark mark = start.mark();
        for (Coding coding : codings) {
            numbers.put(coding, first.number(coding));
            ConceptDictionary.News news = first.newsSince(mark);
            systems.addAll(news.systems());
            codes.addAll(news.codes());
            mark = news.mark();
        }
        assertThat(first.newsSince(mark).isEmpty()).isTrue();
        ConceptDictionary.News kept = new ConceptDictionary.News(systems, codes, mark);
        ConceptDictionary second = ConceptDictionary.restore(TERMINOLOGY, kept);
        numbers.forEach((coding, number) -> {
            assertThat(second.find(coding)).hasValue(number);
            assertThat(second.coding(number)).isEqualTo(Terminology.canonical(coding));
        });
        assertThat(second.newsSince(mark).isEmpty()).isTrue();
        assertThat(second.newsSince(ConceptDictionary.Mark.START))
                .isEqualTo(first.newsSince(ConceptDictionary.Mark.START));
        Map<Coding, Long> canonical = new HashMap<>();
        numbers.forEach((coding, number) -> canonical.put(Terminology.canonical(coding), number));
        assertThat(new HashSet<>(canonical.values())).hasSameSizeAs(canonical.keySet());
    }

    @Provide
    Arbitrary<List<Coding>> codings() {
        Arbitrary<String> systems = Arbitraries.of(
                "http://loinc.org",
                "http://snomed.info/sct",
                "",
                Terminology.ICD_10_GM,
                "http://fhir.de/CodeSystem/dimdi/icd-10-gm",
                Terminology.ATC_WHO);
        Arbitrary<String> codes = Arbitraries.oneOf(
                Arbitraries.of("E11", "E11.9", "A10", "A10BA02", "x"),
                Arbitraries.strings().withChars("aB1.-ä€").ofMaxLength(4));
        return Combinators.combine(systems, codes).as(Coding::new).list().ofMaxSize(60);
    }

    @Test
    void damagedKeepingsAreRefused() {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        concepts.number(LOINC);
        concepts.number(new Coding("http://loinc.org", "718-7"));
        ConceptDictionary.News all = concepts.newsSince(ConceptDictionary.Mark.START);
        ConceptDictionary.News gap =
                new ConceptDictionary.News(all.systems(), all.codes().subList(1, 2), all.mark());
        ConceptDictionary.News noSystem = new ConceptDictionary.News(List.of(), all.codes(), all.mark());
        ConceptDictionary.News systemGap =
                new ConceptDictionary.News(all.systems().subList(1, 2), List.of(), all.mark());
        for (ConceptDictionary.News damaged : List.of(gap, noSystem, systemGap)) {
            assertThatThrownBy(() -> ConceptDictionary.restore(TERMINOLOGY, damaged))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void threadsAgree() throws Exception {
        ConceptDictionary concepts = new ConceptDictionary(TERMINOLOGY);
        Callable<List<Long>> work = () -> {
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                numbers.add(concepts.number(new Coding("http://s/" + i % 7, "c" + i)));
            }
            return numbers;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<List<Long>> results = new ArrayList<>();
            for (Future<List<Long>> future : threads.invokeAll(List.of(work, work, work, work))) {
                results.add(future.get());
            }
            assertThat(new HashSet<>(results)).hasSize(1);
            assertThat(new HashSet<>(results.getFirst())).hasSize(5_000);
        }
        assertThat(concepts.newsSince(ConceptDictionary.Mark.START).codes()).hasSize(5_000);
    }
}
