package allmende.app.projects;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a data use project is on its way. */
public enum ProjectState {
    /** Somebody wants data. */
    REQUESTED,
    /** The request can be carried out, and somebody has looked at it. */
    CHECKED,
    /** The data lies ready inside the site; people look at it. */
    BUILT,
    /** One of two people has approved what lies ready. */
    APPROVED_ONCE,
    /** Two people have. */
    APPROVED,
    /** It has left the site, or can be fetched. */
    DELIVERED,
    /** Its time is over. */
    EXPIRED,
    /** Somebody has ended it. */
    REVOKED;

    /** A changed request begins again; a new build voids what was approved. */
    Set<ProjectState> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(REQUESTED, CHECKED, EXPIRED, REVOKED);
            case CHECKED -> EnumSet.of(REQUESTED, BUILT, EXPIRED, REVOKED);
            case BUILT -> EnumSet.of(REQUESTED, BUILT, APPROVED_ONCE, EXPIRED, REVOKED);
            case APPROVED_ONCE -> EnumSet.of(REQUESTED, BUILT, APPROVED, EXPIRED, REVOKED);
            case APPROVED -> EnumSet.of(REQUESTED, BUILT, DELIVERED, EXPIRED, REVOKED);
            case DELIVERED -> EnumSet.of(REQUESTED, BUILT, EXPIRED, REVOKED);
            case EXPIRED, REVOKED -> EnumSet.noneOf(ProjectState.class);
        };
    }

    /** Whether the vote of the committee can be entered: before anybody has approved. */
    public boolean mayBeVotedOn() {
        return this == REQUESTED || this == CHECKED || this == BUILT;
    }

    /** Whether nothing more happens to it. */
    public boolean over() {
        return next().isEmpty();
    }

    /** As it is written in commands, messages and the trail: small letters with hyphens. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
