with
-- Patients whose last vital sign “Körpergewicht” (29463-7) on or after 1 January 2024 was 80 to 120 kg (with at least 2 entries at that time).
criterion_1 as (
  select patient from (
    select *, rank() over (partition by patient order by starts desc) as place from fact
    where context = 'Vitaldaten'
      and (concept between first_of('http://loinc.org|29463-7') and last_of('http://loinc.org|29463-7'))
      and ends >= timestamp '2024-01-01 00:00'
      and starts is not null
  ) fact
  where place = 1
    and value_in('kg') between 80 and 120
  group by patient having count(distinct resource) >= 2
)
select count(*) from (
  select patient from criterion_1
)
