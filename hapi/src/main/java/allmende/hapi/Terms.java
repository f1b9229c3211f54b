package allmende.hapi;

import org.jspecify.annotations.Nullable;

/** What the site knows of codes, asked before HAPI's own tables are. Quick and safe for several threads. */
public interface Terms {

    /** Knows nothing. */
    Terms NONE = new Terms() {
        @Override
        public Verdict inSystem(String system, @Nullable String version, String code) {
            return Verdict.NOT_KNOWN;
        }

        @Override
        public Verdict inValueSet(String system, @Nullable String version, String code, String valueSet) {
            return Verdict.NOT_KNOWN;
        }
    };

    /** Whether a code belongs. */
    enum Verdict {
        IN,
        NOT_IN,

        /** It can't be told, for example as the code system is not installed. */
        NOT_KNOWN
    }

    /** Whether the code system has the code. */
    Verdict inSystem(String system, @Nullable String version, String code);

    /** Whether the value set holds the code. */
    Verdict inValueSet(String system, @Nullable String version, String code, String valueSet);
}
