package allmende.app.quality;

import allmende.engine.terminology.CodeSets;
import allmende.hapi.Terms;
import org.jspecify.annotations.Nullable;

/** The site's terminology, as the validator asks for it. */
final class SiteTerms implements Terms {

    private final CodeSets codes;

    SiteTerms(CodeSets codes) {
        this.codes = codes;
    }

    @Override
    public Verdict inSystem(String system, @Nullable String version, String code) {
        return told(codes.inSystem(new CodeSets.Code(system, version, code, null)));
    }

    @Override
    public Verdict inValueSet(String system, @Nullable String version, String code, String valueSet) {
        return told(codes.inValueSet(new CodeSets.Code(system, version, code, null), valueSet));
    }

    private static Verdict told(CodeSets.Verdict verdict) {
        return switch (verdict) {
            case CodeSets.Verdict.In in -> Verdict.IN;
            case CodeSets.Verdict.NotIn notIn -> Verdict.NOT_IN;
            case CodeSets.Verdict.NotKnown notKnown -> Verdict.NOT_KNOWN;
        };
    }
}
