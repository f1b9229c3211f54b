package allmende.engine.extract;

/** Watches an extraction and may stop it. Called from its workers. */
public interface Watch {

    /** Lets it run and looks away. */
    Watch NONE = new Watch() {
        @Override
        public boolean stopped() {
            return false;
        }

        @Override
        public void advanced(ExtractProgress progress) {}
    };

    /** Whether it shall stop soon; what is finished stays, and a later run goes on there. */
    boolean stopped();

    /** How far it is, after each batch. */
    void advanced(ExtractProgress progress);
}
