package allmende.engine.packages;

import java.util.List;

/** What became of the wish to install a package. */
public sealed interface Installation {

    /**
     * It is installed.
     *
     * @param skipped files that hold no definition, such as examples
     */
    record Installed(InstalledPackage installed, int skipped) implements Installation {}

    /** That version was installed before; nothing changed. */
    record Present(PackageId id) implements Installation {}

    /**
     * It can't be installed; nothing changed.
     *
     * @param reason one sentence
     * @param files per unusable file its path in the package and what is wrong with it
     */
    record Refused(String reason, List<String> files) implements Installation {
        public Refused {
            files = List.copyOf(files);
        }

        Refused(String reason) {
            this(reason, List.of());
        }
    }
}
