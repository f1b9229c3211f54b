package allmende.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What {@code core} may know. */
final class CoreArchitectureTest {

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("allmende.core");

    @Test
    void knowsNothingButJsonAndUnits() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "allmende.core..",
                        "java.lang..",
                        "java.math..",
                        "java.nio",
                        "java.nio.charset..",
                        "javax.crypto..",
                        "java.text..",
                        "java.time..",
                        "java.util..",
                        "java.io..",
                        "java.security..",
                        "org.jspecify.annotations..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.fhir.ucum..",
                        "")
                .because("core has no framework, no database, no network and no HAPI")
                .check(core);
    }

    @Test
    void touchesNoFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccess)\\w*")
                .because("streams are handed in; core opens nothing but its own class path resources")
                .check(core);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("allmende.core.(*)..").should().beFreeOfCycles().check(core);
    }

    @Test
    void packagesPointDown() {
        noClasses()
                .that()
                .resideInAPackage("allmende.core.fhir..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("allmende.core.path..", "allmende.core.terminology..", "allmende.core.cohort..")
                .check(core);
        noClasses()
                .that()
                .resideInAnyPackage("allmende.core.path..", "allmende.core.terminology..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("allmende.core.cohort..")
                .allowEmptyShould(true)
                .check(core);
    }
}
