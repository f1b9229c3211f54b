with
-- Patients who were given the diagnosis “Chronische Nierenkrankheit” (N18) at most 90 days before or after a laboratory value “Kreatinin” (2160-0) of at least 2 mg/dL (on or after 1 January 2020).
criterion_1 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|N18') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|N18'))
    and exists (select 1 from (select * from fact where context = 'Laboruntersuchung' and (concept between first_of('http://loinc.org|2160-0') and last_of('http://loinc.org|2160-0')) and value_in('mg/dL') >= 2 and ends >= timestamp '2020-01-01 00:00') other
      where other.patient = fact.patient and date_diff('day', other.starts, fact.starts) between -90 and 90)
)
select count(*) from (
  select patient from criterion_1
)
