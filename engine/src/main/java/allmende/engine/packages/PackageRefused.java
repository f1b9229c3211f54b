package allmende.engine.packages;

import java.util.List;

/** Ends the reading of a package that can't be installed; becomes an {@link Installation.Refused}. */
final class PackageRefused extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Installation.Refused refusal;

    PackageRefused(String reason) {
        this(reason, List.of());
    }

    PackageRefused(String reason, List<String> files) {
        super(reason);
        this.refusal = new Installation.Refused(reason, files);
    }

    Installation.Refused refusal() {
        return refusal;
    }
}
