with
-- Patients who were given the drug “Metformin” (A10BA02).
criterion_1 as (
  select distinct patient from fact
  where context = 'Medikamentenverabreichung'
    and (concept between first_of('http://fhir.de/CodeSystem/bfarm/atc|A10BA02') and last_of('http://fhir.de/CodeSystem/bfarm/atc|A10BA02'))
)
select count(*) from (
  select patient from criterion_1
)
