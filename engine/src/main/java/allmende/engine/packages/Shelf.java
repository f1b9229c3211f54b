package allmende.engine.packages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All definitions of all installed packages as they were at one moment, by type and by address. Immutable. */
final class Shelf {

    static final Shelf EMPTY = new Shelf(List.of());

    /** Packages that come with the program: the base of FHIR R4 and its terminology. */
    private static final Set<String> BUILT_IN =
            Set.of("hl7.fhir.r4.core", "hl7.fhir.r4.expansions", "hl7.terminology.r4", "hl7.fhir.uv.extensions.r4");

    /** Newest definition first; of two with the same version, that of the newer package. */
    private static final Comparator<Definition> NEWEST_FIRST = Comparator.comparing(
                    Definition::version, Versions.ORDER.reversed())
            .thenComparing(definition -> definition.from().version(), Versions.ORDER.reversed())
            .thenComparing(definition -> definition.from().name());

    private final List<InstalledPackage> packages;
    private final Map<String, List<Definition>> byUrl = new HashMap<>();
    private final Map<String, List<Definition>> byType = new HashMap<>();

    Shelf(List<InstalledPackage> packages) {
        this.packages = List.copyOf(packages);
        for (InstalledPackage installed : packages) {
            for (Definition definition : installed.definitions()) {
                byUrl.computeIfAbsent(definition.url(), url -> new ArrayList<>())
                        .add(definition);
            }
        }
        byUrl.replaceAll((url, definitions) -> distinct(definitions));
        byUrl.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            for (Definition definition : entry.getValue()) {
                byType.computeIfAbsent(definition.resourceType(), type -> new ArrayList<>())
                        .add(definition);
            }
        });
    }

    private static List<Definition> distinct(List<Definition> definitions) {
        List<Definition> sorted = new ArrayList<>(definitions);
        sorted.sort(NEWEST_FIRST);
        Set<String> seen = new HashSet<>();
        sorted.removeIf(definition -> !seen.add(definition.resourceType() + "|" + definition.version()));
        return List.copyOf(sorted);
    }

    List<InstalledPackage> packages() {
        return packages;
    }

    List<Definition> ofType(String resourceType) {
        return byType.getOrDefault(resourceType, List.of());
    }

    Optional<Definition> find(String canonical) {
        int bar = canonical.indexOf('|');
        String url = bar < 0 ? canonical : canonical.substring(0, bar);
        String version = bar < 0 ? "" : canonical.substring(bar + 1);
        List<Definition> candidates = byUrl.getOrDefault(url, List.of());
        return candidates.stream()
                .filter(definition -> definition.version().equals(version))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(definition -> Versions.fits(definition.version(), version))
                        .findFirst());
    }

    List<MissingDependency> missing() {
        List<MissingDependency> missing = new ArrayList<>();
        for (InstalledPackage installed : packages) {
            installed.dependencies().forEach((name, version) -> {
                List<String> present = packages.stream()
                        .filter(other -> other.id().name().equals(name))
                        .map(other -> other.id().version())
                        .toList();
                if (!BUILT_IN.contains(name)
                        && present.stream().noneMatch(candidate -> Versions.fits(candidate, version))) {
                    missing.add(new MissingDependency(installed.id(), name, version, present));
                }
            });
        }
        missing.sort(Comparator.comparing((MissingDependency one) -> one.from().toString())
                .thenComparing(MissingDependency::name));
        return missing;
    }
}
