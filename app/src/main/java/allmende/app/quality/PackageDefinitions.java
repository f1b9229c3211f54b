package allmende.app.quality;

import allmende.engine.packages.Definition;
import allmende.engine.packages.Packages;
import allmende.hapi.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Installed packages as the validator wants them: a profile with its snapshot, also one that was generated here. */
public final class PackageDefinitions implements Definitions {

    private final Packages packages;

    /** The definitions of these packages. */
    public PackageDefinitions(Packages packages) {
        this.packages = packages;
    }

    @Override
    public byte @Nullable [] find(String resourceType, String canonical) {
        Optional<Definition> found =
                packages.locate(canonical).filter(one -> one.resourceType().equals(resourceType));
        return found.isPresent() ? bytes(found.get()) : null;
    }

    private static byte @Nullable [] bytes(Definition definition) {
        try {
            Path generated = definition.generated();
            return Files.readAllBytes(Files.exists(generated) ? generated : definition.file());
        } catch (IOException removed) {
            return null;
        }
    }
}
