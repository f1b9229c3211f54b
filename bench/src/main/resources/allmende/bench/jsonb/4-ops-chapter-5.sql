select count(distinct patient) from bench.resource
where type = 'Procedure'
  and exists (select from jsonb_array_elements(doc -> 'code' -> 'coding') c
              where c ->> 'system' = 'http://fhir.de/CodeSystem/bfarm/ops' and c ->> 'code' like '5-%')
