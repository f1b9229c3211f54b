package allmende.synth.profile;

/** How a site names the German classifications. */
public enum CodeEra {
    /** By their URIs of today, with the version of the year in which something was coded. */
    BFARM("http://fhir.de/CodeSystem/bfarm/", Integer.MAX_VALUE),

    /** By the URIs of their former publisher, up to the last versions that it published. */
    DIMDI("http://fhir.de/CodeSystem/dimdi/", 2020);

    private final String root;
    private final int lastVersion;

    CodeEra(String root, int lastVersion) {
        this.root = root;
        this.lastVersion = lastVersion;
    }

    /** URI of a classification, by the last part of its name, for example {@code icd-10-gm}. */
    public String system(String classification) {
        return root + classification;
    }

    /** The version by which something was coded in that year. */
    public int version(int year) {
        return Math.min(year, lastVersion);
    }
}
