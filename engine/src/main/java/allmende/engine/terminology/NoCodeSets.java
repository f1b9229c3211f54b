package allmende.engine.terminology;

import allmende.core.fhir.Coding;

/** See {@link CodeSets#NONE}. */
final class NoCodeSets implements CodeSets {

    private static final String REASON = "No terminology is installed here.";

    @Override
    public Expansion valueSet(String canonical) {
        return new Expansion.Unknown(REASON);
    }

    @Override
    public Expansion below(Coding concept) {
        return new Expansion.Unknown(REASON);
    }

    @Override
    public Expansion above(Coding concept) {
        return new Expansion.Unknown(REASON);
    }

    @Override
    public Verdict inValueSet(Code code, String canonical) {
        return new Verdict.NotKnown(REASON);
    }

    @Override
    public Verdict inSystem(Code code) {
        return new Verdict.NotKnown(REASON);
    }
}
