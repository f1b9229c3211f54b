package allmende.app.site;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.terminology.Terminology;
import allmende.engine.count.CohortCounter;
import allmende.engine.count.CohortReport;
import allmende.engine.count.CountAnswer;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.Opened;
import allmende.engine.store.Store;
import allmende.engine.store.Stores;
import allmende.engine.terminology.GermanTerminology;
import allmende.engine.terminology.SystemLibrary;
import java.time.LocalDate;
import java.time.ZoneId;
import org.roaringbitmap.RoaringBitmap;

/** A site's data, open in this process: the store and the index over it, and what is needed to ask. */
public final class SiteData implements AutoCloseable {

    /** The zone in which a site's days begin and end. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Store store;
    private final CohortIndex index;
    private final CcdlReader reader;
    private final CohortCounter counter;

    private SiteData(Store store, CohortIndex index, Catalogue catalogue) {
        this.store = store;
        this.index = index;
        this.reader = new CcdlReader(catalogue);
        this.counter = new CohortCounter(index);
    }

    /** What became of the wish to open a site's data. */
    public sealed interface Opening {

        /** It is open; the caller closes it. */
        record Opened(SiteData data) implements Opening {}

        /** Another process holds the index; nothing is left open. */
        record InUse(String reason) implements Opening {}
    }

    /** What can be asked, and the code systems behind it; the same as long as the program runs. */
    public record Rules(Catalogue catalogue, Terminology terminology) {

        /** Those that come with the program or were imported; the terminology is kept in a quicker form in the data folder. */
        public static Rules load(SiteLocation location) {
            return new Rules(
                    Catalogues.shipped(),
                    GermanTerminology.load(
                            DataFolder.prepare(location.cache()), new SystemLibrary(location.terminology())));
        }
    }

    /**
     * Opens store and index; the index is not brought up to date by this.
     *
     * @throws SiteUnavailable if the folder can't be used
     * @throws allmende.engine.store.StoreUnavailable if the database can't be used
     */
    public static Opening open(SiteLocation location) {
        Store store = openStore(location);
        Opening opening = null;
        try {
            opening = overStore(location, store, Rules.load(location));
            return opening;
        } finally {
            if (!(opening instanceof Opening.Opened)) {
                store.close();
            }
        }
    }

    /**
     * Opens the index over a store that is open already; closing the result closes that store, too. Where another
     * process holds the index, the store stays open.
     */
    public static Opening overStore(SiteLocation location, Store store, Rules rules) {
        return switch (CohortIndex.open(location.index(), store, rules.catalogue(), rules.terminology())) {
            case Opened.Ready(CohortIndex index) -> new Opening.Opened(new SiteData(store, index, rules.catalogue()));
            case Opened.InUse(String reason) -> new Opening.InUse(reason);
        };
    }

    /**
     * Opens the store alone.
     *
     * @throws SiteUnavailable if the folder can't be used
     * @throws allmende.engine.store.StoreUnavailable if the database can't be used
     */
    public static Store openStore(SiteLocation location) {
        DataFolder.prepare(location.data());
        return Stores.open(location.store());
    }

    /** Today where the site is: the day that ages are counted by unless another is given. */
    public static LocalDate today() {
        return LocalDate.now(ZONE);
    }

    /** Reads a CCDL document against the catalogue. */
    public ParsedQuery read(byte[] query) {
        return reader.read(query);
    }

    /** Counts the patients of a query over what the index has reached. */
    public CountAnswer count(CohortQuery query, LocalDate today) {
        return counter.count(query, today);
    }

    /** Counts the patients of a query and tells them by age and sex, over what the index has reached. */
    public CohortReport report(CohortQuery query, LocalDate today) {
        return counter.report(query, today);
    }

    /** The numbers of the patients of a query, for those inside the site who go on from there. */
    public RoaringBitmap patients(CohortQuery query, LocalDate today) {
        return counter.patients(query, today);
    }

    /** Makes the first question as quick as the later ones. */
    void prepare() {
        counter.prepare();
    }

    /** The store. */
    public Store store() {
        return store;
    }

    /** The index over the store. */
    public CohortIndex index() {
        return index;
    }

    @Override
    public void close() {
        try {
            index.close();
        } finally {
            store.close();
        }
    }
}
