package allmende.engine.terminology.importing;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.Property;
import allmende.engine.terminology.GermanTerminology;
import allmende.engine.terminology.SystemLibrary;
import allmende.engine.terminology.importing.TerminologyImport.Publisher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportTest {

    @TempDir
    private Path folder;

    private SystemLibrary library;

    @BeforeEach
    void open() {
        library = new SystemLibrary(folder.resolve("terminology"));
    }

    private ImportOutcome run(Publisher publisher, boolean skip, Path... files) throws IOException {
        return new TerminologyImport(library, _ -> {}).run(publisher, List.of(files), null, skip);
    }

    private Path zip(String name, Map<String, String> entries) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private ConceptTable only() {
        assertThat(library.tables()).hasSize(1);
        return library.tables().getFirst();
    }

    private static List<String> codes(ConceptTable table, int[] concepts) {
        return Arrays.stream(concepts).mapToObj(table::code).toList();
    }

    private static final String LOINC = """
            "LOINC_NUM","COMPONENT","CLASS","STATUS","SHORTNAME","LONG_COMMON_NAME","VersionLastChanged"
            "718-7","Haemo ""globin\"\"\","HEM/BC","ACTIVE","Hgb","Made-up mass
            over two lines","2.80"
            "2160-0","Made-up","CHEM","DEPRECATED","Cr","Made-up substance","2.9"
            """;

    @Test
    void importsTermsOfLoincWithGermanTextsAndTree() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("Loinc_2.80/LoincTable/Loinc.csv", LOINC);
        entries.put(
                "Loinc_2.80/AccessoryFiles/LinguisticVariants/deDE15LinguisticVariant.csv",
                "\"LOINC_NUM\",\"LONG_COMMON_NAME\"\n\"718-7\",\"Ausgedachtes\"\n");
        entries.put(
                "Loinc_2.80/AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv",
                "PATH_TO_ROOT,SEQUENCE,IMMEDIATE_PARENT,CODE,CODE_TEXT\n,1,,LP29693-6,Laboratory\n"
                        + "LP29693-6,1,LP29693-6,718-7,x\n");
        entries.put(
                "Loinc_2.80/AccessoryFiles/PartFile/LoincPartLink_Supplementary.csv",
                "\"LoincNumber\",\"PartNumber\",\"Property\"\n"
                        + "\"718-7\",\"LP7803-2\",\"http://loinc.org/property/CLASS\"\n");
        assertThat(run(Publisher.LOINC, false, zip("Loinc_2.80.zip", entries)))
                .isInstanceOfSatisfying(ImportOutcome.Imported.class, done -> {
                    assertThat(done.facts().canonical()).isEqualTo("http://loinc.org|2.80");
                    assertThat(done.concepts()).isEqualTo(3);
                    assertThat(done.refused()).isZero();
                });
        ConceptTable table = only();
        int haemoglobin = table.find("718-7");
        assertThat(table.display(haemoglobin)).isEqualTo("Made-up mass\nover two lines");
        assertThat(table.display(haemoglobin, "de")).isEqualTo("Ausgedachtes");
        assertThat(codes(table, table.parents(haemoglobin))).containsExactly("LP29693-6");
        assertThat(table.properties(haemoglobin))
                .contains(
                        Property.of("COMPONENT", Property.Type.STRING, "Haemo \"globin\""),
                        Property.of("CLASS", Property.Type.STRING, "HEM/BC"),
                        Property.of("CLASS", Property.Type.CODE, "LP7803-2"));
        assertThat(table.active(table.find("2160-0"))).isFalse();
    }

    @Test
    void importsNothingWhereALineIsWrongUnlessToldSo() throws IOException {
        Path file = folder.resolve("Loinc.csv");
        Files.writeString(
                file, LOINC + "\"718-8\",\"x\",\"y\",\"ACTIVE\",\"s\",\"Wrong digit\",\"2.80\"\n\"1-8\",\"x\"\n");
        assertThat(run(Publisher.LOINC, false, file)).isInstanceOfSatisfying(ImportOutcome.NotImported.class, not -> {
            assertThat(not.reason()).isEqualTo("2 of 4 lines can't be used.");
            assertThat(not.examples()).hasSize(2);
            assertThat(not.examples().getFirst().line()).isEqualTo(5);
        });
        assertThat(library.tables()).isEmpty();
        assertThat(run(Publisher.LOINC, true, file)).isInstanceOf(ImportOutcome.Imported.class);
        assertThat(only().size()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNotTheFileItShouldBe() throws IOException {
        Path file = folder.resolve("Loinc.csv");
        Files.writeString(file, "a,b\n1,2\n");
        assertThat(run(Publisher.LOINC, true, file))
                .isInstanceOfSatisfying(ImportOutcome.NotImported.class, not -> assertThat(not.reason())
                        .contains("has no column LOINC_NUM"));
        Path damaged = folder.resolve("damaged.zip");
        Files.writeString(damaged, "no archive");
        assertThat(run(Publisher.SNOMED, true, damaged)).isInstanceOf(ImportOutcome.NotImported.class);
        assertThat(run(Publisher.BFARM, true, folder.resolve("absent"))).isInstanceOf(ImportOutcome.NotImported.class);
        assertThat(Files.exists(folder.resolve("terminology"))).isFalse();
    }

    /** A release with four concepts, one of them with two parents and one inactive. */
    private static Map<String, String> snomed() {
        String dates = "\t20250701\t";
        String relationship = "\t0\t116680003\t900000000000011006\t900000000000451002\n";
        String module = "\t900000000000207008\t";
        Map<String, String> entries = new LinkedHashMap<>();
        String at = "Release/Snapshot/Terminology/";
        entries.put(
                at + "sct2_Concept_Snapshot_INT_20250701.txt",
                "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\n"
                        + "138875005" + dates + "1" + module + "900000000000074008\n"
                        + "404684003" + dates + "1" + module + "900000000000074008\n"
                        + "123037004" + dates + "1" + module + "900000000000074008\n"
                        + "64572001" + dates + "1" + module + "900000000000073002\n"
                        + "73211009" + dates + "0" + module + "900000000000073002\n");
        entries.put(
                at + "sct2_Description_Snapshot-en_INT_20250701.txt",
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n"
                        + row("680946014", "64572001", "en", "900000000000003001", "Made-up thing (thing)")
                        + row("107644019", "64572001", "en", "900000000000013009", "Made-up thing")
                        + row("107645018", "64572001", "en", "900000000000013009", "Invented \"thing\"")
                        + row("220309016", "138875005", "en", "900000000000003001", "Top (top)"));
        entries.put(
                at + "sct2_Description_Snapshot-de_DE_20250515.txt",
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n"
                        + row("680947017", "64572001", "de", "900000000000013009", "Ausgedachtes Ding"));
        entries.put(
                at + "sct2_Relationship_Snapshot_INT_20250701.txt",
                "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId"
                        + "\tcharacteristicTypeId\tmodifierId\n"
                        + "1" + dates + "1" + module + "404684003\t138875005" + relationship
                        + "2" + dates + "1" + module + "123037004\t138875005" + relationship
                        + "3" + dates + "1" + module + "64572001\t404684003" + relationship
                        + "4" + dates + "1" + module + "64572001\t123037004" + relationship
                        + "5" + dates + "0" + module + "73211009\t64572001" + relationship);
        String refset = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tacceptabilityId\n";
        entries.put(
                "Release/Snapshot/Refset/Language/der2_cRefset_LanguageSnapshot-en_INT_20250701.txt",
                refset + "a" + dates + "1" + module + "900000000000509007\t107644019\t900000000000548007\n" + "b"
                        + dates + "1" + module + "900000000000509007\t107645018\t900000000000549004\n");
        entries.put(
                "Release/Snapshot/Refset/Language/der2_cRefset_LanguageSnapshot-de_DE_20250515.txt",
                refset + "c" + dates + "1" + module + "31000274107\t680947017\t900000000000548007\n");
        return entries;
    }

    private static String row(String id, String concept, String language, String type, String term) {
        return id + "\t20250701\t1\t900000000000207008\t" + concept + "\t" + language + "\t" + type + "\t" + term
                + "\t900000000000448009\n";
    }

    @Test
    void importsASnapshotOfSnomed() throws IOException {
        assertThat(run(Publisher.SNOMED, false, zip("SnomedCT.zip", snomed())))
                .isInstanceOfSatisfying(ImportOutcome.Imported.class, done -> {
                    assertThat(done.facts().version())
                            .isEqualTo("http://snomed.info/sct/900000000000207008/version/20250701");
                    assertThat(done.concepts()).isEqualTo(5);
                });
        ConceptTable table = only();
        int thing = table.find("64572001");
        assertThat(table.display(thing)).isEqualTo("Made-up thing");
        assertThat(table.display(thing, "de")).isEqualTo("Ausgedachtes Ding");
        assertThat(table.designations(thing))
                .extracting(each -> each.language() + " " + each.text())
                .containsExactlyInAnyOrder("en Made-up thing (thing)", "en Invented \"thing\"", "de Ausgedachtes Ding");
        assertThat(codes(table, table.parents(thing))).containsExactly("404684003", "123037004");
        assertThat(table.display(table.find("138875005"))).isEqualTo("Top (top)");
        assertThat(table.active(table.find("73211009"))).isFalse();
        assertThat(table.parents(table.find("73211009"))).isEmpty();
        assertThat(table.properties(thing)).contains(Property.of("sufficientlyDefined", Property.Type.BOOLEAN, "true"));
    }

    @Test
    void givesItsHierarchyToTheIndex() throws IOException {
        run(Publisher.SNOMED, false, zip("SnomedCT.zip", snomed()));
        Hierarchy hierarchy = GermanTerminology.load(null, library)
                .hierarchy("http://snomed.info/sct")
                .orElseThrow();
        int below = hierarchy.position("64572001").orElseThrow();
        assertThat(hierarchy.subtree(hierarchy.position("123037004").orElseThrow()))
                .anyMatch(interval -> interval.low() <= below && below <= interval.high());
        assertThat(hierarchy.display("64572001")).contains("Made-up thing");
    }

    @Test
    void leadsToTheSameStateWhenDoneAgainAndKeepsVersionsSideBySide() throws IOException {
        run(Publisher.SNOMED, false, zip("a.zip", snomed()));
        byte[] first = Files.readAllBytes(library.list().getFirst().file());
        run(Publisher.SNOMED, false, zip("b.zip", snomed()));
        assertThat(Files.readAllBytes(library.list().getFirst().file())).isEqualTo(first);
        new TerminologyImport(library, _ -> {})
                .run(
                        Publisher.SNOMED,
                        List.of(folder.resolve("a.zip")),
                        "http://snomed.info/sct/1/version/20300101",
                        false);
        assertThat(library.list())
                .extracting(each -> each.facts().version())
                .containsExactly(
                        "http://snomed.info/sct/1/version/20300101",
                        "http://snomed.info/sct/900000000000207008/version/20250701");
        assertThat(library.remove("http://snomed.info/sct|http://snomed.info/sct/1/version/20300101"))
                .isTrue();
        assertThat(library.remove("http://snomed.info/sct|nothing")).isFalse();
        assertThat(only().size()).isEqualTo(5);
    }

    @Test
    void importsAClassificationFromClaml() throws IOException {
        Path file = folder.resolve("icd10gm2024syst_claml_20230915.xml");
        Files.writeString(file, """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE ClaML SYSTEM "ClaML.dtd">
                <ClaML version="2.0.0"><Title name="ICD-10-GM" version="2024" date="2023-09-15">x</Title>
                <Modifier code="M1"><SubClass code=".0"/><SubClass code=".1"/></Modifier>
                <ModifierClass code=".0" modifier="M1"><Rubric kind="preferred"><Label>mit <Para>etwas</Para></Label></Rubric></ModifierClass>
                <ModifierClass code=".1" modifier="M1"><Rubric kind="preferred"><Label>ohne</Label></Rubric></ModifierClass>
                <Class code="I" kind="chapter"><SubClass code="A00-A09"/><Rubric kind="preferred"><Label xml:lang="de">Ausgedachtes Kapitel</Label></Rubric></Class>
                <Class code="A00-A09" kind="block"><SuperClass code="I"/><Rubric kind="preferred"><Label>Gruppe</Label></Rubric></Class>
                <Class code="A00" kind="category"><Meta name="Para295" value="P"/><SuperClass code="A00-A09"/><ModifiedBy code="M1"><ValidModifierClass code=".0"/></ModifiedBy>
                <Rubric kind="inclusion"><Label>nicht dies</Label></Rubric><Rubric kind="preferred"><Label>Leiden <Reference>A01</Reference></Label></Rubric></Class>
                </ClaML>
                """);
        assertThat(run(Publisher.BFARM, false, file))
                .isInstanceOfSatisfying(ImportOutcome.Imported.class, done -> assertThat(
                                done.facts().canonical())
                        .isEqualTo("http://fhir.de/CodeSystem/bfarm/icd-10-gm|2024"));
        ConceptTable table = only();
        assertThat(table.size()).isEqualTo(4);
        int made = table.find("A00.0");
        assertThat(table.display(made)).isEqualTo("Leiden: mit etwas");
        assertThat(codes(table, table.ancestors(made).stream().toArray()))
                .containsExactly("I", "A00-A09", "A00", "A00.0");
        assertThat(table.properties(table.find("A00"))).contains(Property.of("Para295", Property.Type.STRING, "P"));
    }

    @Test
    void importsAClassificationFromMetaFiles() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("Klassifikationsdateien/icd10gm2023syst_kapitel.txt", "4;Ausgedachtes Kapitel\n");
        entries.put("Klassifikationsdateien/icd10gm2023syst_gruppen.txt", "E10;E14;4;Ausgedachte Gruppe\n");
        entries.put(
                "Klassifikationsdateien/icd10gm2023syst_kodes.txt",
                "3;N;X;4;E10;E10.-;E10;E10;Leiden;Leiden;;;V;V\n4;T;X;4;E10;E10.9;E10.9;E109;Leiden : Ohne;Leiden;Ohne;;P;P\n");
        assertThat(run(Publisher.BFARM, false, zip("icd10gm2023syst-meta.zip", entries)))
                .isInstanceOfSatisfying(
                        ImportOutcome.Imported.class,
                        done -> assertThat(done.facts().version()).isEqualTo("2023"));
        ConceptTable table = only();
        assertThat(codes(table, table.ancestors(table.find("E10.9")).stream().toArray()))
                .containsExactly("IV", "E10-E14", "E10", "E10.9");
        assertThat(table.display(table.find("E10.9"))).isEqualTo("Leiden : Ohne");
    }
}
