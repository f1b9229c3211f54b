package allmende.app.feasibility;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountServiceTest {

    private static final byte[] QUERY = "{}".getBytes();

    private static Site unopened() {
        return new Site(SiteLocation.embedded(Hospital.temporary("allmende-unopened")));
    }

    @Test
    void saysThatTheDataIsNotOpen() {
        CountService counts = new CountService(unopened(), Limits.SITE);

        assertThat(counts.count(QUERY)).isInstanceOf(Counted.Unavailable.class);
    }

    @Test
    void refusesWhatIsTooLongBeforeReadingIt() {
        CountService counts = new CountService(unopened(), new Limits(1, 1, Duration.ofSeconds(1)));

        assertThat(counts.count(QUERY)).isEqualTo(new Counted.TooLarge(1));
    }
}
