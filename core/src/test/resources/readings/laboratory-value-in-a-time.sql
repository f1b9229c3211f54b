with
-- Patients who had a laboratory value “Kreatinin” (2160-0) of more than 1.2 mg/dL from 1 January 2024 to 31 December 2024.
criterion_1 as (
  select distinct patient from fact
  where context = 'Laboruntersuchung'
    and (concept between first_of('http://loinc.org|2160-0') and last_of('http://loinc.org|2160-0'))
    and value_in('mg/dL') > 1.2
    and starts < timestamp '2025-01-01 00:00'
    and ends >= timestamp '2024-01-01 00:00'
)
select count(*) from (
  select patient from criterion_1
)
