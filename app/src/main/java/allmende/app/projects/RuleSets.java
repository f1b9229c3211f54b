package allmende.app.projects;

import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import allmende.core.fhir.FhirJson;
import java.util.List;

/** The shipped sets of rules, and those that projects bring along. */
final class RuleSets implements Rules {

    @Override
    public List<String> shipped() {
        return RuleSet.shippedNames();
    }

    @Override
    public Read read(String name, byte[] own) {
        if (name.isEmpty() && own.length == 0) {
            return new Read.Refused(List.of("Name a shipped set of rules, or hand in rules of your own."));
        }
        if (!name.isEmpty() && !shipped().contains(name)) {
            return new Read.Refused(List.of("There is no shipped set of rules called " + name + "; there are: "
                    + String.join(", ", shipped()) + "."));
        }
        return switch (RuleSet.read(name.isEmpty() ? own : RuleSet.shippedFile(name))) {
            case RuleSetRead.Compiled(RuleSet rules) ->
                new Read.Known(rules.name(), FhirJson.write(rules.source()), rules.hash());
            case RuleSetRead.Refused(var problems) ->
                new Read.Refused(problems.stream()
                        .map(problem -> problem.pointer() + ": " + problem.message())
                        .toList());
        };
    }
}
