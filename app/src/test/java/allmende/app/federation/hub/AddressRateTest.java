package allmende.app.federation.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One address that asks too often is in nobody else's way. */
final class AddressRateTest {

    private static final Instant NOW = Instant.parse("2030-01-01T10:00:00Z");

    private final AddressRate rate = new AddressRate();

    private void exhaust(String address) {
        for (int i = 0; i < AddressRate.BURST; i++) {
            assertThat(rate.take(address, NOW)).isTrue();
        }
        assertThat(rate.take(address, NOW)).isFalse();
    }

    @Test
    void boundsEachAddressAndRecovers() {
        exhaust("192.0.2.7");
        assertThat(rate.take("192.0.2.8", NOW)).isTrue();
        assertThat(rate.take("192.0.2.7", NOW.plusSeconds(1))).isTrue();
    }

    @Test
    void takesANetworkOfIpv6AsOne() {
        exhaust("2001:db8:1:2::7");
        assertThat(rate.take("2001:db8:1:2:ffff::8", NOW)).isFalse();
        assertThat(rate.take("2001:db8:1:3::7", NOW)).isTrue();
    }

    @Test
    void doesNotBoundItsOwnMachine() {
        for (int i = 0; i <= AddressRate.BURST; i++) {
            assertThat(rate.take("127.0.0.1", NOW)).isTrue();
            assertThat(rate.take("::1", NOW)).isTrue();
        }
        assertThat(rate.remembered()).isZero();
    }

    @Test
    void remembersABoundedNumber() {
        for (int i = 0; i < AddressRate.ADDRESSES_MAX + 500; i++) {
            rate.take("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, NOW);
        }
        assertThat(rate.remembered()).isEqualTo(AddressRate.ADDRESSES_MAX);
        exhaust("not an address");
        assertThat(rate.remembered()).isEqualTo(AddressRate.ADDRESSES_MAX);
    }
}
