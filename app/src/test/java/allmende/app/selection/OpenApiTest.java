package allmende.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.JsonNode;

/** The description of the interface names every address under /api that there is, and none besides. */
class OpenApiTest {

    /** Where the tests' own classes are; doors that a test opens for itself are not described. */
    private static final java.net.URL HERE =
            OpenApiTest.class.getProtectionDomain().getCodeSource().getLocation();

    @Test
    void describesWhatIsThereAndNothingElse() throws IOException, ClassNotFoundException {
        assertThat(described()).hasSizeGreaterThan(30).isEqualTo(mapped());
    }

    private static Set<String> described() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/allmende/openapi.json"))) {
            JsonNode document = FhirJson.parse(file.readAllBytes());
            Set<String> described = new TreeSet<>();
            document.get("paths").properties().forEach(path -> path.getValue()
                    .propertyNames()
                    .forEach(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
            return described;
        }
    }

    private static Set<String> mapped() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        Set<String> mapped = new TreeSet<>();
        for (BeanDefinition found : scan.findCandidateComponents("allmende.app")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            if (type.getProtectionDomain().getCodeSource().getLocation().equals(HERE)) {
                continue;
            }
            RequestMapping above = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
            String prefix = above == null || above.path().length == 0 ? "" : above.path()[0];
            for (Method method : type.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    String path = prefix + (mapping.path().length == 0 ? "" : mapping.path()[0]);
                    for (RequestMethod verb : mapping.method()) {
                        if (path.startsWith("/api/")) {
                            mapped.add(verb + " " + path);
                        }
                    }
                }
            }
        }
        return mapped;
    }
}
