with
-- Patients who are 18 to 65 years old (in completed years).
criterion_1 as (
  select distinct patient from fact
  where context = 'Patient'
    and (concept between first_of('http://snomed.info/sct|424144002') and last_of('http://snomed.info/sct|424144002'))
    and value_in('a') between 18 and 65
)
select count(*) from (
  select patient from criterion_1
)
