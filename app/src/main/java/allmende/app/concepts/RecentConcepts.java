package allmende.app.concepts;

import allmende.core.fhir.Coding;
import java.util.List;

/** What each account used last. */
public interface RecentConcepts {

    /** A concept as it was used: it may since have gone from the terminology. */
    record Used(String context, Coding coding) {}

    /** Notes that the account has used these concepts now. */
    void used(String account, List<Used> concepts);

    /** What the account used last, the latest first, each once. */
    List<Used> latest(String account, int limit);
}
