with
-- Patients who have consented to “Verteilte Analyse, EU-DSGVO-konform”.
criterion_1 as (
  select distinct patient from fact
  where context = 'Einwilligung'
    and (concept between first_of('fdpg.consent.combined|yes-yes-no-no') and last_of('fdpg.consent.combined|yes-yes-no-no'))
)
select count(*) from (
  select patient from criterion_1
)
