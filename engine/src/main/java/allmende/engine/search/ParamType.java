package allmende.engine.search;

import java.util.Locale;
import java.util.Optional;

/** Types of search parameters (FHIR R4, 3.1.1.4). */
public enum ParamType {
    TOKEN,
    STRING,
    DATE,
    NUMBER,
    QUANTITY,
    REFERENCE,
    URI,
    COMPOSITE;

    /** The type's name in FHIR. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type by its name in FHIR; empty for {@code special} and what is none. */
    static Optional<ParamType> of(String code) {
        for (ParamType type : values()) {
            if (type.code().equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
