package allmende.app.projects;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.projects.planted.LeakyDoor;
import allmende.core.disclosure.Released;
import allmende.core.disclosure.Unreleased;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.reflect.Modifier;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** No door sends files of a delivery but with a ticket of the gate. Held against classes that try. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateArchitectureTest {

    private static final String HERE = "allmende.app.projects..";

    /**
     * The only classes that open files: the vault; what encrypts, builds and unpacks, which has no way to anybody outside.
     */
    private static final Set<String> OPENERS = Set.of(
            DeliveryVault.class.getSimpleName(),
            DeliverySealer.class.getSimpleName(),
            Receiving.class.getSimpleName(),
            "PipelineBuilding");

    /** Of one instance, not of the class: it is large, and is to go with the test. */
    private final JavaClasses program = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("allmende");

    private static final DescribedPredicate<JavaClass> NO_OPENER =
            DescribedPredicate.describe("no opener of files", type -> !OPENERS.contains(outermost(type)));

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(GateArchitectureTest::outermost).orElse(type.getSimpleName());
    }

    private static ArchRule onlyTheVaultOpensFiles() {
        return noClasses()
                .that()
                .resideInAPackage(HERE)
                .and(NO_OPENER)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Files.class, File.class, FileInputStream.class, RandomAccessFile.class, FileChannel.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("org\\.springframework\\.core\\.io\\..*");
    }

    private static ArchRule whoeverSendsShowsATicket() {
        return methods()
                .that()
                .areDeclaredInClassesThat(DescribedPredicate.describe(
                        "are doors or the vault",
                        type -> type.getPackageName().startsWith("allmende.app.projects")
                                && !Set.of("Receiving", "PipelineBuilding").contains(outermost(type))))
                .should(new ArchCondition<>("take a Released where they give content away") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        if (gives(method) && !takes(method, Released.class)) {
                            events.add(SimpleConditionEvent.violated(method, method.getFullName() + " has no ticket"));
                        }
                    }
                });
    }

    /** Whether content can go through: out of the vault, or into a stream that somebody else reads. */
    private static boolean gives(JavaMethod method) {
        boolean isPrivate = method.getModifiers().contains(JavaModifier.PRIVATE)
                || method.getModifiers().contains(JavaModifier.SYNTHETIC);
        boolean ofVault = method.getOwner().isEquivalentTo(DeliveryVault.class);
        return !isPrivate
                && (takes(method, OutputStream.class)
                        || method.getRawReturnType().isAssignableTo(InputStream.class)
                        || (ofVault && method.getRawReturnType().isEquivalentTo(byte[].class)));
    }

    private static boolean takes(JavaMethod method, Class<?> type) {
        return method.getRawParameterTypes().stream().anyMatch(one -> one.isAssignableTo(type));
    }

    @Test
    void onlyNamedClassesOpenFilesOfDeliveries() {
        onlyTheVaultOpensFiles().check(program);
    }

    @Test
    void contentLeavesWithATicketOnly() {
        whoeverSendsShowsATicket().check(program);
    }

    @Test
    void onlyTheRunnerIsGivenTheFolderOfABuild() {
        noClasses()
                .that()
                .doNotHaveSimpleName(BuildRunner.class.getSimpleName())
                .and()
                .doNotHaveSimpleName(DeliveryVault.class.getSimpleName())
                .should()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                                "the vault", type -> type.isEquivalentTo(DeliveryVault.class))))
                        .and(DescribedPredicate.describe(
                                "room", call -> call.getName().equals("room"))))
                .check(program);
    }

    @Test
    void nobodyButTheGateMakesReleasedOrLooksIntoUnreleased() throws NoSuchMethodException {
        assertThat(Released.class.getDeclaredConstructors())
                .allMatch(
                        made -> !Modifier.isPublic(made.getModifiers()) && !Modifier.isProtected(made.getModifiers()));
        int modifiers = Unreleased.class.getDeclaredMethod("content").getModifiers();
        assertThat(Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))
                .isFalse();
        assertThat(Modifier.isPublic(DeliveryVault.class.getModifiers())).isFalse();
    }

    @Test
    void aDoorThatTriesIsFound() {
        JavaClasses planted = new ClassFileImporter().importClasses(LeakyDoor.class);
        for (ArchRule rule : List.of(onlyTheVaultOpensFiles(), whoeverSendsShowsATicket())) {
            assertThat(rule.evaluate(planted).getFailureReport().getDetails())
                    .anyMatch(found -> found.contains("LeakyDoor"));
        }
    }
}
