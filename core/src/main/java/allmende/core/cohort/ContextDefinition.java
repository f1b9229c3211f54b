package allmende.core.cohort;

/**
 * One context of the catalogue: which resources it reads and where in them the term, value, time and attributes are.
 *
 * @param code the context's code in {@code fdpg.mii.cds}
 * @param module name of the module, which is also the name of its file
 * @param resourceType the FHIR type it reads
 */
public record ContextDefinition(String code, String module, String resourceType) {}
