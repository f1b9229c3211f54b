package allmende.synth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the synthetic hospital may know: {@code core}. */
final class ArchitectureTest {

    private final JavaClasses synth = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("allmende.synth");

    @Test
    void knowsCoreOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "allmende.engine..", "allmende.app..", "org.springframework..", "ca.uhn..", "java.sql..")
                .allowEmptyShould(true)
                .check(synth);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("allmende.synth.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(synth);
    }
}
