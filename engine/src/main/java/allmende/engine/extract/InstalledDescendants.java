package allmende.engine.extract;

import allmende.core.extraction.Descendants;
import allmende.core.fhir.Coding;
import allmende.engine.terminology.CodeSets;
import java.util.HashSet;
import java.util.Set;

/** What lies below a code by what is installed; of a system that is not here, the code alone. */
public final class InstalledDescendants implements Descendants {

    private final CodeSets codes;

    /** By this terminology. */
    public InstalledDescendants(CodeSets codes) {
        this.codes = codes;
    }

    @Override
    public Set<Coding> of(Coding code) {
        return switch (codes.below(code)) {
            case CodeSets.Expansion.Codes below -> {
                Set<Coding> all = new HashSet<>();
                all.add(code);
                below.bySystem().forEach((system, list) -> list.forEach(each -> all.add(new Coding(system, each))));
                yield all;
            }
            case CodeSets.Expansion.Unknown unknown -> Set.of(code);
        };
    }
}
