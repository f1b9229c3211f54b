package allmende.app.identity;

import java.util.Locale;
import java.util.Optional;

/** Why a login by the provider came to nothing, as the person is told; the log says more. */
public enum ProviderFault {
    /** The provider can't be reached, or does not answer in time. */
    AWAY,
    /** The provider does not know the portal, or is not who the settings say. */
    SETTINGS,
    /** The person did not want to, or the provider did not let them. */
    CANCELLED,
    /** The login was not begun in this browser, or too long ago. */
    STALE,
    /** The account here is shut. */
    SHUT,
    /** What the provider said about the person can't be trusted. */
    REFUSED;

    /** The fault in an address. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fault that an address names; nothing where it names none. */
    public static Optional<ProviderFault> of(String key) {
        for (ProviderFault fault : values()) {
            if (fault.key().equals(key)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
