package allmende.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the engine's rooms may know. */
final class EngineArchitectureTest {

    private final JavaClasses engine = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("allmende.core", "allmende.engine");

    @Test
    void knowsNoFrameworkAndNothingAbove() {
        noClasses()
                .that()
                .resideInAPackage("allmende.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "ca.uhn..", "allmende.app..", "allmende.synth..", "picocli..")
                .check(engine);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("allmende.engine.(*)..").should().beFreeOfCycles().check(engine);
    }

    @Test
    void storeKnowsNoOtherRoom() {
        noClasses()
                .that()
                .resideInAPackage("allmende.engine.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("allmende.engine.load..", "allmende.engine.index..", "allmende.engine.count..")
                .check(engine);
    }

    @Test
    void loadKnowsNoIndex() {
        noClasses()
                .that()
                .resideInAPackage("allmende.engine.load..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("allmende.engine.index..", "allmende.engine.count..", "org.duckdb..")
                .check(engine);
    }

    @Test
    void indexKnowsNeitherLoadNorCount() {
        noClasses()
                .that()
                .resideInAPackage("allmende.engine.index..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("allmende.engine.load..", "allmende.engine.count..")
                .allowEmptyShould(true)
                .check(engine);
    }

    @Test
    void onlyTheStoreSpeaksToPostgres() {
        noClasses()
                .that()
                .resideOutsideOfPackage("allmende.engine.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.postgresql..", "com.zaxxer..", "org.flywaydb..")
                .check(engine);
    }
}
