package allmende.app.fhirapi;

import allmende.engine.search.CareDates;
import allmende.engine.search.SearchRequest;
import allmende.engine.search.SearchRequest.Compartment;
import allmende.engine.search.SearchRequest.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Patient/$everything} (FHIR R4): the patient's compartment, and what it refers to outside of any patient's
 * compartment. It is a search like others: pages show one snapshot.
 */
final class Everything {

    /** Resources of a page where the caller names no number. */
    private static final String PAGE = "10000";

    /** Types that belong to no patient and explain what does. */
    private static final String BESIDES =
            "Organization,Practitioner,PractitionerRole,Location,HealthcareService,Medication,Substance,ResearchStudy";

    private Everything() {}

    /**
     * The search.
     *
     * @throws FhirProblem 400 for a parameter that the operation does not have
     */
    static SearchRequest request(String patient, List<Parameter> asked) {
        List<Parameter> parameters = new ArrayList<>();
        boolean counted = false;
        for (Parameter parameter : asked) {
            counted |= parameter.name().equals("_count");
            parameters.add(
                    switch (parameter.name()) {
                        case "start" -> new Parameter(CareDates.START, parameter.value());
                        case "end" -> new Parameter(CareDates.END, parameter.value());
                        case "_since" -> new Parameter("_lastUpdated", "ge" + parameter.value());
                        case "_type", "_count" -> parameter;
                        default ->
                            throw FhirProblem.notSupported(
                                    "$everything knows start, end, _since, _type and _count.", parameter.name());
                    });
        }
        if (!counted) {
            parameters.add(new Parameter("_count", PAGE));
        }
        parameters.add(new Parameter("_total", "none"));
        parameters.add(new Parameter("_include", "*:*:" + BESIDES));
        return new SearchRequest(null, new Compartment("Patient", patient), parameters, false);
    }
}
