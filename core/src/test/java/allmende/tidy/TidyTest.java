package allmende.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TidyTest {

    private static Repository repository;
    private static List<JavaSource> sources;

    @BeforeAll
    static void readRepository() throws IOException {
        repository = Repository.at(Path.of(System.getProperty("allmende.root")));
        sources = JavaSource.parse(repository);
    }

    @Test
    void readsTheWholeRepository() {
        assertThat(repository.files()).contains("pom.xml", "core/src/main/java/allmende/core/fhir/Coding.java");
        assertThat(sources).hasSizeGreaterThan(30);
    }

    @Test
    void repositoryIsTidy() {
        List<Fault> faults = new ArrayList<>();
        faults.addAll(JavaRules.check(sources));
        faults.addAll(FileRules.check(repository));
        faults.addAll(DocumentRules.check(repository, sources));
        assertThat(faults).withFailMessage(listed(faults)).isEmpty();
    }

    private static String listed(List<Fault> faults) {
        return faults.stream().map(Fault::toString).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
