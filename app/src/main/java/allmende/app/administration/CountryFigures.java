package allmende.app.administration;

import java.util.OptionalLong;

/** What the start page of a portal counts, from what the sites have published. */
public interface CountryFigures {

    /** Sites that take part. */
    int sites();

    /** Patients of all sites by their newest publications, rounded; nothing where no site has published. */
    OptionalLong patients();
}
