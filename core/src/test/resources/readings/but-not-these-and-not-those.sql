with
-- Patients who were given the diagnosis “Diabetes mellitus, Typ 2” (E11).
criterion_1 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|E11') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|E11'))
),
-- Patients who are 18 to 80 years old (in completed years).
criterion_2 as (
  select distinct patient from fact
  where context = 'Patient'
    and (concept between first_of('http://snomed.info/sct|424144002') and last_of('http://snomed.info/sct|424144002'))
    and value_in('a') between 18 and 80
),
-- Patients who were given the diagnosis “Chronische Nierenkrankheit” (N18).
excluded_1 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|N18') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|N18'))
),
-- Patients who were given the diagnosis “Herzinsuffizienz” (I50).
excluded_2 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|I50') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|I50'))
),
-- Patients who had the procedure “Operationen an den Koronargefäßen” (5-36) on or after 1 January 2021.
excluded_3 as (
  select distinct patient from fact
  where context = 'Procedure'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/ops|5-36') and last_of('http://fhir.de/CodeSystem/bfarm/ops|5-36'))
    and ends >= timestamp '2021-01-01 00:00'
)
select count(*) from (
  ((select patient from criterion_1)
  intersect
  (select patient from criterion_2))
  except
  ((select patient from excluded_1)
  union
  (select patient from excluded_2 intersect select patient from excluded_3))
)
