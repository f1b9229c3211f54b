package allmende.engine.search;

import java.util.List;
import java.util.Optional;

/** What value sets and code systems say, for {@code :in}, {@code :not-in}, {@code :below} and {@code :above}. */
public interface CodeLookup {

    /** A code with its system. */
    record Code(String system, String code) {}

    /** The codes of a value set; empty where it is not known here, or can't be listed. */
    Optional<List<Code>> in(String valueSet);

    /** A code and all below it; empty where the system's hierarchy is not known here. */
    Optional<List<Code>> below(String system, String code);

    /** A code and all above it; empty where the system's hierarchy is not known here. */
    Optional<List<Code>> above(String system, String code);

    /** Knows nothing. */
    CodeLookup NONE = new CodeLookup() {
        @Override
        public Optional<List<Code>> in(String valueSet) {
            return Optional.empty();
        }

        @Override
        public Optional<List<Code>> below(String system, String code) {
            return Optional.empty();
        }

        @Override
        public Optional<List<Code>> above(String system, String code) {
            return Optional.empty();
        }
    };
}
