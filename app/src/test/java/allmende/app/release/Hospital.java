package allmende.app.release;

import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.synth.Format;
import allmende.synth.SyntheticHospital;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A synthetic hospital, loaded and indexed. */
final class Hospital {

    private Hospital() {}

    static SiteData open(Path folder, long patients) throws IOException {
        Path files = folder.resolve("files");
        new SyntheticHospital(patients, 4711).writeTo(files, Format.NDJSON, written -> {});
        SiteLocation location = SiteLocation.embedded(folder.resolve("data"));
        return switch (SiteData.open(location)) {
            case SiteData.Opening.InUse(String reason) -> throw new IllegalStateException(reason);
            case SiteData.Opening.Opened(SiteData data) -> {
                new Loader(data.store()).load(List.of(files), new LoadProgress() {
                    @Override
                    public void advanced(long bytes, long resources) {}
                });
                data.index().catchUp();
                yield data;
            }
        };
    }
}
