package allmende.app.cli;

import allmende.app.federation.PartyId;
import allmende.app.server.Country;
import allmende.app.site.DataFolder;
import allmende.app.site.SiteLocation;
import allmende.engine.files.Trees;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import allmende.synth.profile.HospitalProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of the demo's hospitals: generated and loaded once, then kept. */
final class DemoData {

    private final Path folder;
    private final Console console;

    DemoData(Path folder, Console console) {
        this.folder = folder;
        this.console = console;
    }

    /** These hospitals with their sizes changed in proportion, so that they have that many patients together. */
    static List<HospitalProfile> hospitals(List<HospitalProfile> hospitals, long patients) {
        long all = hospitals.stream().mapToLong(HospitalProfile::patients).sum();
        return hospitals.stream()
                .map(hospital -> new Share(hospital, hospital.patients() * patients / all))
                .filter(share -> share.patients > 0)
                .map(share -> share.hospital.withPatients(share.patients))
                .toList();
    }

    private record Share(HospitalProfile hospital, long patients) {}

    /** The site of a hospital. */
    static Country.Town town(HospitalProfile hospital) {
        return new Country.Town(new PartyId(hospital.id()), hospital.name());
    }

    /** Generates and loads a hospital if that has not been done. */
    void fill(HospitalProfile hospital) throws InterruptedException {
        SiteLocation location = town(hospital).location(folder);
        DataFolder.prepare(location.data());
        Path mark = location.data().resolve("hospital.txt");
        String wanted = hospital.id() + " patients=" + hospital.patients() + " seed=" + hospital.seed();
        String loaded = read(mark);
        if (wanted.equals(loaded)) {
            return;
        }
        if (loaded != null) {
            console.tell("The folder " + location.data() + " holds " + loaded + "; it is shown as it is."
                    + " Name a new folder with --data for " + wanted + ".");
            return;
        }
        Path files = location.data().resolve("generated");
        delete(files);
        console.tell(hospital.name());
        GenerateCommand.generate(new SyntheticHospital(hospital), files, Format.BUNDLES, console);
        LoadCommand.load(location, List.of(files), console);
        delete(files);
        try {
            Files.writeString(mark, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String read(Path mark) {
        try {
            return Files.exists(mark)
                    ? Files.readString(mark, StandardCharsets.UTF_8).strip()
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            Trees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
