with icd as (
  select patient, c ->> 'code' as code from bench.resource, jsonb_array_elements(doc -> 'code' -> 'coding') c
  where type = 'Condition' and c ->> 'system' = 'http://fhir.de/CodeSystem/bfarm/icd-10-gm'),
ops as (
  select patient, c ->> 'code' as code, left(coalesce(doc ->> 'performedDateTime', doc -> 'performedPeriod' ->> 'start'), 10) as day
  from bench.resource, jsonb_array_elements(doc -> 'code' -> 'coding') c
  where type = 'Procedure' and c ->> 'system' = 'http://fhir.de/CodeSystem/bfarm/ops')
select count(*) from (
  select patient from bench.resource
  where type = 'Patient' and (doc ->> 'birthDate')::date <= date '2025-12-31' - interval '51 years'
  intersect
  select patient from icd where code between 'E10' and 'E14.99' or code like 'I50%'
  intersect
  select patient from icd where code between 'I10' and 'I15.99'
  intersect
  select patient from bench.resource
  where type = 'Observation' and doc @> '{"code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]}}'
    and doc -> 'valueQuantity' ->> 'code' = 'mg/dL' and (doc -> 'valueQuantity' ->> 'value')::numeric > 1.0
  intersect
  select patient from bench.resource
  where type = 'Observation' and doc @> '{"code": {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}}'
    and doc -> 'valueQuantity' ->> 'code' = '%' and (doc -> 'valueQuantity' ->> 'value')::numeric > 6
  intersect
  select a.patient from bench.resource a
  where a.type = 'MedicationAdministration'
    and (exists (select from jsonb_array_elements(a.doc -> 'medicationCodeableConcept' -> 'coding') c
                 where c ->> 'system' = 'http://fhir.de/CodeSystem/bfarm/atc' and c ->> 'code' like 'C09%')
      or a.doc -> 'medicationReference' ->> 'reference' in (
           select 'Medication/' || (m.doc ->> 'id') from bench.medication m, jsonb_array_elements(m.doc -> 'code' -> 'coding') c
           where c ->> 'system' = 'http://fhir.de/CodeSystem/bfarm/atc' and c ->> 'code' like 'C09%'))
  except
  select patient from ops where code like '8-854%'
  except
  (select patient from icd where code between 'C00' and 'C97.99'
   intersect
   select patient from ops where code like '5-%' and day between '2021-01-01' and '2025-12-31')
) cohort
