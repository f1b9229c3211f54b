package allmende.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure that a folder is there and can be written, before anything is begun. */
public final class DataFolder {

    private DataFolder() {}

    /**
     * Creates the folder and its parents where they are missing.
     *
     * @return the folder
     * @throws SiteUnavailable if it can't be created or written
     */
    public static Path prepare(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SiteUnavailable(
                    "The data folder " + folder + " can't be created.",
                    "Name another one with --data, or change the rights of the folder above it.");
        }
        if (!Files.isWritable(folder)) {
            throw new SiteUnavailable(
                    "The data folder " + folder + " can't be written.",
                    "Name another one with --data, or change its rights.");
        }
        return folder;
    }
}
