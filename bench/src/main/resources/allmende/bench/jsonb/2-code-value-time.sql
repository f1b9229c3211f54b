select count(distinct patient) from bench.resource
where type = 'Observation'
  and doc @> '{"code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]}}'
  and doc -> 'valueQuantity' ->> 'code' = 'mg/dL'
  and (doc -> 'valueQuantity' ->> 'value')::numeric > 1.5
  and left(doc ->> 'effectiveDateTime', 10) between '2020-01-01' and '2022-12-31'
