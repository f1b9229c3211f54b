package allmende.core.fhir;

/**
 * A code in a code system. Version and display are not part of its identity: criteria and data of different yearly
 * versions of a classification meet (CCDL, section "key identity": context, system and code).
 *
 * @param system URI of the code system
 * @param code the code, as written
 */
public record Coding(String system, String code) {}
