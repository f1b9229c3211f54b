with
-- Patients who are female or male.
criterion_1 as (
  select distinct patient from fact
  where context = 'Patient'
    and (concept between first_of('http://snomed.info/sct|263495000') and last_of('http://snomed.info/sct|263495000'))
    and value_concept in (concept_of('http://hl7.org/fhir/administrative-gender|female'), concept_of('http://hl7.org/fhir/administrative-gender|male'))
)
select count(*) from (
  select patient from criterion_1
)
