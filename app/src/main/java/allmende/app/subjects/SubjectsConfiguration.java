package allmende.app.subjects;

import allmende.app.audit.AccessLogReader;
import allmende.app.projects.DisclosureRegister;
import allmende.app.site.Site;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Reports to patients. Beans wanted: {@link Site}, {@link AccessLogReader}, {@link DisclosureRegister}. */
@Configuration(proxyBeanMethods = false)
@Import(SubjectPages.class)
public class SubjectsConfiguration {

    @Bean
    SubjectReports subjectReports(Site site, AccessLogReader accesses, DisclosureRegister register) {
        return new SubjectReports(site, accesses, register, InstantSource.system());
    }
}
