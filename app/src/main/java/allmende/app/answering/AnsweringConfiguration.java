package allmende.app.answering;

import allmende.app.audit.AuditTrail;
import allmende.app.feasibility.CountService;
import allmende.app.federation.Outpost;
import allmende.app.federation.TaskKind;
import allmende.app.release.Publications;
import allmende.app.release.ReleaseDesk;
import allmende.app.site.Site;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A site's answers. Beans wanted: {@link Site}, {@link CountService}, {@link ReleaseDesk}, {@link Outpost}. */
@Configuration(proxyBeanMethods = false)
public class AnsweringConfiguration {

    /** Answers questions from the moment the context has started. */
    @Bean
    FeasibilityTasks feasibilityTasks(CountService counts, ReleaseDesk desk, AuditTrail audit, Outpost outpost) {
        FeasibilityTasks tasks = new FeasibilityTasks(counts, desk, audit, outpost);
        outpost.onTask(TaskKind.FEASIBILITY, tasks);
        return tasks;
    }

    @Bean
    Publisher publisher(Site site, Publications publications, Outpost outpost) {
        return new Publisher(site, publications, outpost);
    }
}
