package allmende.app.server;

import allmende.app.administration.CountryFigures;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.portal.Publications;
import allmende.core.disclosure.PublishedStatistics;
import java.util.OptionalLong;

/** The figures of the start page, from the members of the federation and what they have published. */
record PublishedFigures(Hub hub, Publications publications) implements CountryFigures {

    @Override
    public int sites() {
        return Math.toIntExact(hub.members().stream()
                .filter(member -> member.state() == Member.State.ENROLLED)
                .count());
    }

    @Override
    public OptionalLong patients() {
        return publications.newest().values().stream()
                .mapToLong(PublishedStatistics::patients)
                .reduce(Long::sum);
    }
}
