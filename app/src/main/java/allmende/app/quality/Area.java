package allmende.app.quality;

import java.util.Locale;

/** What data quality is made of here. */
enum Area {
    COMPLETENESS,
    CONFORMITY,
    PLAUSIBILITY,
    TIMELINESS;

    String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
