package allmende.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** HAPI FHIR is visible in its own room and nowhere else: it is slow and large, and everything else does without. */
class HapiRoomTest {

    @Test
    void nobodyElseKnowsTypesOfHapi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("allmende.hapi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn..", "org.hl7..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("allmende"));
    }
}
