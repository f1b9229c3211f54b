package allmende.app.terminology;

import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import allmende.engine.packages.Packages;
import allmende.engine.terminology.CodeSets;
import allmende.engine.terminology.InstalledCodeSets;
import allmende.engine.terminology.InstalledTerminology;
import allmende.engine.terminology.SystemLibrary;
import allmende.engine.terminology.remote.RemoteSettings;
import allmende.engine.terminology.remote.RemoteTerminology;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The terminology of a site. Beans wanted: {@link Site}, {@link Packages} and what the FHIR door brings; it gives
 * {@link CodeSets} to whoever searches or checks.
 */
@Configuration(proxyBeanMethods = false)
@Import(TerminologyController.class)
public class TerminologyConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TerminologyConfiguration.class);

    @Bean(destroyMethod = "close")
    InstalledTerminology installedTerminology(Site site, Packages packages) {
        SiteLocation location = site.location();
        return new InstalledTerminology(
                new SystemLibrary(location.terminology()), packages, DataFolder.prepare(location.cache()));
    }

    @Bean
    InstalledCodeSets codeSets(InstalledTerminology terminology) {
        return new InstalledCodeSets(terminology);
    }

    /** A file that can't be followed must not keep a site from starting: the log says what is wrong with it. */
    @Bean(destroyMethod = "close")
    RemoteTerminology remoteTerminology(Site site) {
        switch (RemoteSettings.read(site.location().data().resolve("terminology.json"), System::getenv)) {
            case RemoteSettings.Read.None() -> {}
            case RemoteSettings.Read.Unusable(String reason) ->
                LOG.error("No external terminology server is asked: {}", reason);
            case RemoteSettings.Read.Usable(RemoteSettings settings) -> {
                try {
                    return RemoteTerminology.of(settings, Clock.systemUTC());
                } catch (IOException unusable) {
                    LOG.error("No external terminology server is asked: {}", unusable.getMessage());
                }
            }
        }
        return RemoteTerminology.none();
    }

    @Bean
    TerminologyController.Operations terminologyOperations(
            InstalledTerminology terminology, InstalledCodeSets codeSets, RemoteTerminology remote) {
        Elsewhere elsewhere = new Elsewhere(remote);
        ValueSets valueSets = new ValueSets(terminology, codeSets);
        Clock clock = Clock.systemUTC();
        return new TerminologyController.Operations(
                new Lookup(terminology, elsewhere),
                new Subsumes(terminology, elsewhere),
                new ValidateCode(terminology, valueSets, elsewhere),
                new Expand(valueSets, elsewhere, clock),
                new Translate(terminology, elsewhere),
                new Capabilities(terminology, clock));
    }
}
