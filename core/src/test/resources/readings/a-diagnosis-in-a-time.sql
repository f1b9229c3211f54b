with
-- Patients who were given the diagnosis “Diabetes mellitus, Typ 2” (E11) from 1 January 2020 to 31 December 2020.
criterion_1 as (
  select distinct patient from fact
  where context = 'Diagnose'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|E11') and last_of('http://fhir.de/CodeSystem/bfarm/icd-10-gm|E11'))
    and starts < timestamp '2021-01-01 00:00'
    and ends >= timestamp '2020-01-01 00:00'
)
select count(*) from (
  select patient from criterion_1
)
