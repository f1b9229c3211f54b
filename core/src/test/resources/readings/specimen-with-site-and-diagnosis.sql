with
-- Patients from whom a specimen “Serum” (119364003) was taken (Site of collection (ICD-O-3): “Brust” (C50.9); Diagnosis found: Diagnosis “Bösartige Neubildung der Brustdrüse” (C50)).
criterion_1 as (
  select distinct patient from fact
  where context = 'Specimen'
    and (concept between first_of('http://snomed.info/sct|119364003') and last_of('http://snomed.info/sct|119364003'))
    and resource in (select resource from attribute where attribute = 'icd-o-3' and value_concept in (concept_of('urn:x|C50.9')))
    and resource in (select resource from link where attribute = 'festgestellteDiagnose' and target in (
      select resource from fact where context = 'Diagnose' and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|C50') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|C50'))))
)
select count(*) from (
  select patient from criterion_1
)
