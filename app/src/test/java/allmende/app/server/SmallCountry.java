package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.federation.PartyId;
import allmende.app.site.DataFolder;
import allmende.app.site.Site;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.Stores;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import allmende.synth.profile.HospitalProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A country of small synthetic hospitals in a folder of its own, with the demo's people; it may be started again. */
final class SmallCountry {

    /** How long anything may take before a test gives up. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long POLL_MILLIS = 20;

    private final Path folder = Hospital.temporary("allmende-country");
    private final List<Country.Town> towns = new ArrayList<>();

    /** Generates the hospitals and loads each into its site. */
    SmallCountry(List<HospitalProfile> hospitals) throws IOException {
        for (HospitalProfile hospital : hospitals) {
            towns.add(filled(hospital));
        }
    }

    private Country.Town filled(HospitalProfile profile) throws IOException {
        Country.Town town = new Country.Town(new PartyId(profile.id()), profile.name());
        Path files = DataFolder.prepare(folder.resolve("files-" + profile.id()));
        new SyntheticHospital(profile).writeTo(files, Format.BUNDLES, written -> {});
        DataFolder.prepare(town.location(folder).data());
        try (Store store = Stores.open(town.location(folder).store())) {
            new Loader(store).load(List.of(files), LoadProgress.NONE);
        }
        return town;
    }

    /** Starts it; returns when all sites take part and can count. */
    Country start() throws InterruptedException {
        Country country = Country.start(folder, 0, towns, DemoPeople.guide(0, towns));
        assertThat(country.join(PATIENCE)).isTrue();
        for (SiteServer site : country.sites()) {
            while (!(site.site().state() instanceof Site.State.Ready)) {
                Thread.sleep(POLL_MILLIS);
            }
        }
        DemoPeople.move(country, folder, towns);
        return country;
    }
}
