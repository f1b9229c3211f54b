package allmende.app.extraction;

import allmende.app.site.SiteData;
import allmende.core.extraction.ProfileElements;
import allmende.core.extraction.ShippedElements;
import allmende.engine.extract.InstalledDescendants;
import allmende.engine.extract.InstalledElements;
import allmende.engine.extract.Pipeline;
import allmende.engine.packages.Packages;
import allmende.engine.terminology.CodeSets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline as a site runs it: with its index, its packages and its terminology. Packages know more of a profile than
 * the program's own files, so they are asked first. Thread-safe.
 */
public final class SiteExtractions {

    private final Packages packages;
    private final CodeSets codes;
    private final Set<String> bases;
    private @Nullable ProfileElements elements;

    /**
     * With what a site knows.
     *
     * @param bases addresses of the site's FHIR door, for absolute references, without a slash at the end
     */
    public SiteExtractions(Packages packages, CodeSets codes, Set<String> bases) {
        this.packages = packages;
        this.codes = codes;
        this.bases = Set.copyOf(bases);
    }

    /** The pipeline over this data. */
    public Pipeline pipeline(SiteData data) {
        return new Pipeline(
                data.store(),
                new Pipeline.Knowledge(data::patients, elements(), new InstalledDescendants(codes), bases));
    }

    /** Read once, when first needed: not every start of a site extracts. */
    private synchronized ProfileElements elements() {
        ProfileElements known = elements;
        if (known == null) {
            known = new InstalledElements(packages).or(ShippedElements.load());
            elements = known;
        }
        return known;
    }
}
