package allmende.engine.packages;

import java.util.List;

/**
 * Something that an installed package builds on and that is not installed.
 *
 * @param from the package that wants it
 * @param name the wanted package
 * @param version the wanted version
 * @param others versions of it that are installed but are not the wanted one
 */
public record MissingDependency(PackageId from, String name, String version, List<String> others) {

    public MissingDependency {
        others = List.copyOf(others);
    }
}
