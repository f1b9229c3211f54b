with
-- Patients who had a laboratory value “Kreatinin” (2160-0) from 1.2 to 2 mg/dL.
criterion_1 as (
  select distinct patient from fact
  where context = 'Laboruntersuchung'
    and (concept between first_of('http://loinc.org|2160-0') and last_of('http://loinc.org|2160-0'))
    and value_in('mg/dL') between 1.2 and 2
)
select count(*) from (
  select patient from criterion_1
)
