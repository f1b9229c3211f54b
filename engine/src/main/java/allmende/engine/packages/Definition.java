package allmende.engine.packages;

import java.nio.file.Path;

/**
 * One definition in an installed package, as the index knows it.
 *
 * @param resourceType such as {@code StructureDefinition}
 * @param url its canonical address, without a version
 * @param version its business version; empty where it states none
 * @param id its id within the package; may be empty
 * @param name its name for programs; may be empty
 * @param base of a SearchParameter nothing; of a StructureDefinition the resource or data type that it describes
 * @param snapshot whether it is a StructureDefinition that came with its snapshot
 * @param from the package
 * @param file the JSON file
 */
public record Definition(
        String resourceType,
        String url,
        String version,
        String id,
        String name,
        String base,
        boolean snapshot,
        PackageId from,
        Path file) {

    /** {@code url|version}, or the bare address where there is no version. */
    public String canonical() {
        return version.isEmpty() ? url : url + "|" + version;
    }

    /** Where a snapshot that was generated after the installation is kept: beside the package. */
    public Path generated() {
        return file.resolveSibling(Folders.SNAPSHOTS).resolve(file.getFileName());
    }
}
