package allmende.app.bulk;

import allmende.app.fhirapi.FhirIssue;
import allmende.app.fhirapi.FhirProblem;
import allmende.core.view.ShippedViews;
import allmende.core.view.View;
import allmende.core.view.ViewProblem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** View definitions that callers name or send. */
final class Views {

    private Views() {}

    /**
     * A view of the program by its name, or by a reference {@code ViewDefinition/name}.
     *
     * @throws FhirProblem 404 if there is none
     */
    static JsonNode named(String reference) {
        String name =
                reference.startsWith("ViewDefinition/") ? reference.substring("ViewDefinition/".length()) : reference;
        return ShippedViews.definition(name)
                .orElseThrow(() -> FhirProblem.notFound(
                        "There is no view of this name. Known are: " + String.join(", ", ShippedViews.names()) + "."));
    }

    /**
     * The view, ready to be run.
     *
     * @throws FhirProblem 422 if the definition can't be used; each problem with its place
     */
    static View compiled(JsonNode definition) {
        return switch (View.read(definition)) {
            case View.Read.Compiled(View view) -> view;
            case View.Read.Refused(List<ViewProblem> problems) ->
                throw new FhirProblem(
                        422,
                        problems.stream()
                                .map(problem -> FhirIssue.error("invalid", problem.reason(), place(problem.pointer())))
                                .toList());
        };
    }

    /** {@code ViewDefinition.select[0].column} of {@code /select/0/column}. */
    private static String place(String pointer) {
        StringBuilder place = new StringBuilder("ViewDefinition");
        for (String token : pointer.split("/")) {
            if (token.matches("[0-9]+")) {
                place.append('[').append(token).append(']');
            } else if (!token.isEmpty()) {
                place.append('.').append(token);
            }
        }
        return place.toString();
    }
}
