package allmende.core.document;

/**
 * Where a criterion stands in a cohort definition.
 *
 * @param group number of its group on that side, from 0
 * @param criterion its number in the group, from 0
 */
public record Spot(Side side, int group, int criterion) {

    /** JSON pointer (RFC 6901) to the criterion in a document in which every group is an array. */
    public String pointer() {
        return "/" + side.property() + "/" + group + "/" + criterion;
    }
}
