package allmende.app.projects;

import allmende.app.audit.AccessLog;
import allmende.app.audit.AuditTrail;
import allmende.app.deident.ProjectKeys;
import allmende.app.extraction.SiteExtractions;
import allmende.app.identity.Party;
import allmende.app.keys.KeyVault;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.core.deident.PseudonymSource;
import allmende.core.profile.Profiles;
import allmende.engine.delivery.ProfileKnowledge;
import allmende.engine.packages.Packages;
import allmende.engine.store.SideTables;
import java.time.InstantSource;
import javax.crypto.SecretKey;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Data use projects at a site. Beans wanted: {@link Site}, the tables of the schema {@code projects}, {@link AuditTrail},
 * {@link AccessLog}, {@link Packages}, {@link KeyVault}, {@link ProjectKeys}, {@link SiteExtractions}; a {@link PseudonymSource} where the site has one.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ProjectPages.class,
    RegisterPages.class,
    RecipientPages.class,
    ProjectsApi.class,
    RecipientApi.class,
    LeftOutDownload.class
})
public class ProjectsConfiguration {

    /** Name of the key by which the register calls patients. */
    private static final String REGISTER = "disclosure-register";

    /** The key by which the register calls patients; who has it not can't tell from the register who is in it. */
    record RegisterKey(SecretKey key) {}

    @Bean
    RegisterKey registerKey(KeyVault vault) {
        // always the first: with a newer one, nobody in the register would be found again
        return new RegisterKey(vault.version(REGISTER) > 0 ? vault.key(REGISTER, 1) : vault.key(REGISTER));
    }

    @Bean
    BuildRunner.Parts projectParts(
            Site site, @Qualifier("projectsTables") SideTables tables, RegisterKey key, Building building, Logs logs) {
        return new BuildRunner.Parts(
                site,
                new ProjectTables(tables),
                new BuildTables(tables.dataSource()),
                new DeliveryVault(site.location().data()),
                building,
                key.key(),
                logs.trail(),
                logs.accesses(),
                InstantSource.system());
    }

    /** Where acts and accesses are noted. */
    record Logs(AuditTrail trail, AccessLog accesses) {}

    @Bean
    Logs projectLogs(AuditTrail trail, AccessLog accesses) {
        return new Logs(trail, accesses);
    }

    @Bean
    PipelineBuilding.Tools projectTools(
            SiteExtractions extractions,
            Packages packages,
            ProjectKeys keys,
            ObjectProvider<Party> party,
            ObjectProvider<PseudonymSource> pseudonyms) {
        return new PipelineBuilding.Tools(
                extractions,
                new ProfileKnowledge(
                        Profiles.shipped(), url -> packages.locate(url).flatMap(Packages::read)),
                keys,
                party.stream().map(Party::name).findFirst().orElse(""),
                pseudonyms.getIfAvailable());
    }

    @Bean
    Building projectBuilding(Site site, PipelineBuilding.Tools tools) {
        return new PipelineBuilding(site::data, tools);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Desks projectDesks(Site site, BuildRunner.Parts parts, @Qualifier("projectsTables") SideTables tables) {
        Sealer sealer = new DeliverySealer();
        return Desks.of(
                parts,
                tables,
                new Desks.Tools(
                        new Requests(new RuleSets(), sealer, SiteData.ZONE),
                        sealer,
                        new ConsentPermission(site::data, SiteData::today)));
    }

    @Bean
    ProjectDesk projectDesk(Desks desks) {
        return desks.desk();
    }

    @Bean
    Dispatch deliveryDispatch(Desks desks) {
        return desks.dispatch();
    }

    @Bean
    DeliveryTables deliveryTables(Desks desks) {
        return desks.deliveries();
    }

    @Bean
    DisclosureRegister disclosureRegister(DeliveryTables deliveries, RegisterKey key) {
        return new DisclosureRegister(deliveries, key.key());
    }
}
