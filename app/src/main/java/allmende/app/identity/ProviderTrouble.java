package allmende.app.identity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;

/** The provider can't be asked. The message is for the log of the portal: what is wrong, and which setting to look at. */
final class ProviderTrouble extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ProviderFault fault;

    ProviderTrouble(ProviderFault fault, String message, @Nullable Throwable cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
        this.fault = fault;
    }

    ProviderFault fault() {
        return fault;
    }
}
