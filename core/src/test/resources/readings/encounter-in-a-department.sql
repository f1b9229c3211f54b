with
-- Patients who had an encounter of the kind “stationär” (IMP) (Department: “Innere Medizin” (0100) or “Kardiologie” (0300); Level of contact: “Abteilungskontakt” (abteilungskontakt)) from 1 January 2022 to 30 June 2022.
criterion_1 as (
  select distinct patient from fact
  where context = 'Fall'
    and (concept between first_of('http://terminology.hl7.org/CodeSystem/v3-ActCode|IMP') and last_of('http://terminology.hl7.org/CodeSystem/v3-ActCode|IMP'))
    and starts < timestamp '2022-07-01 00:00'
    and ends >= timestamp '2022-01-01 00:00'
    and resource in (select resource from attribute where attribute = 'Fachabteilungsschluessel' and value_concept in (concept_of('http://fhir.de/CodeSystem/dkgev/Fachabteilungsschluessel|0100'), concept_of('http://fhir.de/CodeSystem/dkgev/Fachabteilungsschluessel|0300')))
    and resource in (select resource from attribute where attribute = 'Kontaktebene' and value_concept in (concept_of('urn:x|abteilungskontakt')))
)
select count(*) from (
  select patient from criterion_1
)
