package allmende.engine.packages;

import java.util.List;
import java.util.Map;

/**
 * A package that is installed.
 *
 * @param title what it calls itself; may be empty
 * @param license as it states it; empty where it states none
 * @param dependencies names and versions of the packages that it builds on
 * @param definitions what it holds
 */
public record InstalledPackage(
        PackageId id, String title, String license, Map<String, String> dependencies, List<Definition> definitions) {

    public InstalledPackage {
        dependencies = Map.copyOf(dependencies);
        definitions = List.copyOf(definitions);
    }
}
