package allmende.engine.terminology;

import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.TerminologySource;
import allmende.engine.packages.Definition;
import allmende.engine.packages.Packages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The terminology of a site: what an operator has imported, what packages bring, what comes with the program. Of the same
 * version of a code system, the imported one counts before that of the program, and that before one of a package. Safe
 * for several threads.
 */
public final class InstalledTerminology implements TerminologySource, AutoCloseable {

    private final SystemLibrary library;
    private final Packages packages;
    private final ShippedTables shipped;
    private final PackageSystems ofPackages = new PackageSystems();
    private final Packages.Subscription subscription;
    private volatile @Nullable List<JsonNode> maps;
    private final AtomicLong changes = new AtomicLong();

    /** @param cache keeps what is made of the shipped classifications; null keeps it in memory */
    public InstalledTerminology(SystemLibrary library, Packages packages, @Nullable Path cache) {
        this.library = library;
        this.packages = packages;
        shipped = new ShippedTables(cache);
        subscription = packages.onChange(this::changed);
    }

    /** A code system that is here. */
    public record Installed(String url, String version, String title, int concepts, boolean complete) {}

    @Override
    public Found system(String url, @Nullable String version) {
        String system = Terminology.canonical(url);
        List<ConceptTable> large = tables(system);
        Optional<ConceptTable> fitting = newest(large, version);
        if (fitting.isPresent()) {
            return new Found.Here(fitting.get());
        }
        String canonical = version == null ? system : system + "|" + version;
        Optional<ConceptTable> ofPackage = packages.locate(canonical)
                .filter(InstalledTerminology::isSystem)
                .flatMap(ofPackages::table);
        if (ofPackage.isPresent()) {
            return new Found.Here(ofPackage.get());
        }
        List<String> versions = versions(system, large);
        return versions.isEmpty() ? new Found.Absent() : new Found.OtherVersion(versions);
    }

    @Override
    public Optional<JsonNode> valueSet(String canonical) {
        return packages.locate(canonical)
                .filter(definition -> definition.resourceType().equals("ValueSet"))
                .flatMap(Packages::read);
    }

    @Override
    public Optional<ConceptTable> systemOfValueSet(String canonical) {
        String url = canonical.contains("|") ? canonical.substring(0, canonical.indexOf('|')) : canonical;
        for (ConceptTable table : tables(null)) {
            String own = table.facts().valueSet();
            if (own.equals(canonical) || own.equals(url) || (own.startsWith(url + "|") && url.equals(canonical))) {
                return Optional.of(table);
            }
        }
        return packages.definitions("CodeSystem").stream()
                .filter(system -> system.path("valueSet").asString("").equals(url))
                .findFirst()
                .flatMap(system -> packages.locate(system.path("url").asString("")))
                .flatMap(ofPackages::table);
    }

    @Override
    public List<JsonNode> conceptMaps() {
        List<JsonNode> known = maps;
        if (known == null) {
            known = packages.definitions("ConceptMap");
            maps = known;
        }
        return known;
    }

    /** Everything that is here, by system, newest version first. */
    public List<Installed> list() {
        List<Installed> all = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (ConceptTable table : tables(null)) {
            if (seen.add(table.facts().canonical())) {
                all.add(installed(table));
            }
        }
        for (Definition definition : packages.index("CodeSystem")) {
            if (seen.add(definition.canonical())) {
                ofPackages
                        .table(definition)
                        .map(InstalledTerminology::installed)
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** Canonical URLs of the value sets of packages. */
    public List<String> valueSets() {
        return packages.index("ValueSet").stream().map(Definition::canonical).toList();
    }

    /** Differs whenever something was installed or removed since an earlier call. */
    String state() {
        StringBuilder state = new StringBuilder().append(changes.get());
        library.tables().forEach(table -> state.append(' ').append(System.identityHashCode(table)));
        return state.toString();
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void changed() {
        changes.incrementAndGet();
        ofPackages.clear();
        maps = null;
    }

    private List<ConceptTable> tables(@Nullable String system) {
        List<ConceptTable> tables = new ArrayList<>(library.tables());
        tables.addAll(shipped.tables());
        tables.removeIf(table -> system != null && !table.facts().url().equals(system));
        return tables;
    }

    private static Optional<ConceptTable> newest(List<ConceptTable> tables, @Nullable String version) {
        return tables.stream()
                .filter(table ->
                        version == null || VersionOrder.fits(table.facts().version(), version))
                .min((a, b) -> VersionOrder.NEWEST_FIRST.compare(
                        a.facts().version(), b.facts().version()));
    }

    private List<String> versions(String system, List<ConceptTable> large) {
        Set<String> versions = new LinkedHashSet<>();
        large.forEach(table -> versions.add(table.facts().version()));
        packages.index("CodeSystem").stream()
                .filter(each -> each.url().equals(system))
                .filter(each -> ofPackages.table(each).isPresent())
                .forEach(each -> versions.add(each.version().isEmpty() ? "without a version" : each.version()));
        return List.copyOf(versions);
    }

    private static boolean isSystem(Definition definition) {
        return definition.resourceType().equals("CodeSystem");
    }

    private static Installed installed(ConceptTable table) {
        return new Installed(
                table.facts().url(),
                table.facts().version(),
                table.facts().title(),
                table.size(),
                table.facts().complete());
    }
}
