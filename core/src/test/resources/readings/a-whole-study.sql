with
-- Patients who have consented to “Zentrale Analyse, EU-DSGVO-konform”.
criterion_1 as (
  select distinct patient from fact
  where context = 'Einwilligung'
    and (concept between first_of('fdpg.consent.combined|no-yes-no-no') and last_of('fdpg.consent.combined|no-yes-no-no'))
),
-- Patients who are at least 18 years old.
criterion_2 as (
  select distinct patient from fact
  where context = 'Patient'
    and (concept between first_of('http://snomed.info/sct|424144002') and last_of('http://snomed.info/sct|424144002'))
    and value_in('a') >= 18
),
-- Patients who were given the diagnosis “Herzinsuffizienz” (I50) on or after 1 January 2019.
criterion_3 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|I50') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|I50'))
    and ends >= timestamp '2019-01-01 00:00'
),
-- Patients who had the procedure “Operationen an den Koronargefäßen” (5-36).
criterion_4 as (
  select distinct patient from fact
  where context = 'Procedure'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/ops|5-36') and last_of('http://fhir.de/CodeSystem/bfarm/ops|5-36'))
),
-- Patients who had a laboratory value “NT-proBNP” (33762-6) of more than 125 pg/mL at most 30 days before or after the diagnosis “Herzinsuffizienz” (I50).
criterion_5 as (
  select distinct patient from fact
  where context = 'Laboruntersuchung'
    and (concept between first_of('http://loinc.org|33762-6') and last_of('http://loinc.org|33762-6'))
    and value_in('pg/mL') > 125
    and exists (select 1 from (select * from fact where context = 'Diagnose' and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|I50') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|I50'))) other
      where other.patient = fact.patient and date_diff('day', other.starts, fact.starts) between -30 and 30)
),
-- Patients who were given the diagnosis “Chronische Nierenkrankheit, Stadium 5” (N18.5).
excluded_1 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|N18.5') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|N18.5'))
),
-- Patients for whom the drug “ACE-Hemmer” (C09) was ordered.
excluded_2 as (
  select distinct patient from fact
  where context = 'Medikamentenanordnung'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/atc|C09') and last_of('http://fhir.de/CodeSystem/bfarm/atc|C09'))
),
-- Patients who had a laboratory value “Kalium” (2823-3) of more than 5.5 mmol/L.
excluded_3 as (
  select distinct patient from fact
  where context = 'Laboruntersuchung'
    and (concept between first_of('http://loinc.org|2823-3') and last_of('http://loinc.org|2823-3'))
    and value_in('mmol/L') > 5.5
)
select count(*) from (
  ((select patient from criterion_1)
  intersect
  (select patient from criterion_2)
  intersect
  (select patient from criterion_3 union select patient from criterion_4)
  intersect
  (select patient from criterion_5))
  except
  ((select patient from excluded_1)
  union
  (select patient from excluded_2 intersect select patient from excluded_3))
)
