select count(distinct patient) from bench.resource
where type = 'Observation'
  and doc @> '{"code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]}}'
