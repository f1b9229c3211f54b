with
-- Patients whose first laboratory value “HbA1c” (4548-4) from 1 January 2020 to 31 December 2020 was at least 7 % (with at least 3 entries at that time) and was at most 14 days after the administration of “Metformin” (A10BA02).
criterion_1 as (
  select patient from (
    select *, rank() over (partition by patient order by starts) as place from fact
    where context = 'Laboruntersuchung'
      and (concept between first_of('http://loinc.org|4548-4') and last_of('http://loinc.org|4548-4'))
      and starts < timestamp '2021-01-01 00:00'
      and ends >= timestamp '2020-01-01 00:00'
      and starts is not null
  ) fact
  where place = 1
    and value_in('%') >= 7
    and exists (select 1 from (select * from fact where context = 'Medikamentenverabreichung' and (concept between first_of('http://fhir.de/CodeSystem/bfarm/atc|A10BA02') and last_of('http://fhir.de/CodeSystem/bfarm/atc|A10BA02'))) other
      where other.patient = fact.patient and date_diff('day', other.starts, fact.starts) between 0 and 14)
  group by patient having count(distinct resource) >= 3
)
select count(*) from (
  select patient from criterion_1
)
