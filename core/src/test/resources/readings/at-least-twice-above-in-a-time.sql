with
-- Patients who had a laboratory value “HbA1c” (4548-4) of at least 6.5 % at least 2 times from 1 January 2023 to 31 December 2023.
criterion_1 as (
  select patient from fact
  where context = 'Laboruntersuchung'
    and (concept between first_of('http://loinc.org|4548-4') and last_of('http://loinc.org|4548-4'))
    and value_in('%') >= 6.5
    and starts < timestamp '2024-01-01 00:00'
    and ends >= timestamp '2023-01-01 00:00'
  group by patient having count(distinct resource) >= 2
)
select count(*) from (
  select patient from criterion_1
)
