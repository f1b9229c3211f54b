package allmende.core.estimate;

import allmende.core.disclosure.PublishedStatistics.Term;

/** One code of a criterion, with all of the criterion's filters: an OR of criteria is an OR of these. */
record Leaf(Term term, Portion portion) {}
