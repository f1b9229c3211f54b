package allmende.app.concepts;

import allmende.core.terminology.Terminology;
import java.util.Map;

/** What people call code systems. */
public final class SystemNames {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(Terminology.ICD_10_GM, "ICD-10-GM"),
            Map.entry(Terminology.OPS, "OPS"),
            Map.entry(Terminology.ATC_GERMAN, "ATC"),
            Map.entry(Terminology.ATC_WHO, "ATC (WHO)"),
            Map.entry("http://loinc.org", "LOINC"),
            Map.entry("http://snomed.info/sct", "SNOMED CT"),
            Map.entry("http://hl7.org/fhir/sid/icd-10", "ICD-10 (WHO)"),
            Map.entry("http://fhir.de/CodeSystem/bfarm/alpha-id", "Alpha-ID"),
            Map.entry("http://www.orpha.net", "Orphanet"),
            Map.entry("http://fhir.de/CodeSystem/ifa/pzn", "PZN"),
            Map.entry("http://fhir.de/CodeSystem/dkgev/Fachabteilungsschluessel", "Fachabteilungsschlüssel"),
            Map.entry("urn:oid:2.16.840.1.113883.3.1937.777.24.5.3", "MII Consent"),
            Map.entry("fdpg.consent.combined", "FDPG Consent"),
            Map.entry("http://terminology.hl7.org/CodeSystem/v3-ActCode", "ActCode"));

    private SystemNames() {}

    /** The name of the system with this URI; the URI itself where it has none. */
    public static String of(String uri) {
        return NAMES.getOrDefault(Terminology.canonical(uri), uri);
    }
}
