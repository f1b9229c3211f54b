drop schema if exists bench cascade;
create schema bench;
create table bench.resource as
select y.name as type, r.patient, convert_from(v.body, 'UTF8')::jsonb as doc
from allmende.resource r
join allmende.version v on v.rid = r.rid and v.number = r.version
join allmende.resource_type y on y.code = r.type
where not r.deleted and r.patient is not null;
create index on bench.resource (type, patient);
create index on bench.resource using gin (doc jsonb_path_ops);
vacuum analyze bench.resource;
create table bench.medication as
select convert_from(v.body, 'UTF8')::jsonb as doc
from allmende.resource r
join allmende.version v on v.rid = r.rid and v.number = r.version
join allmende.resource_type y on y.code = r.type
where not r.deleted and y.name = 'Medication';
vacuum analyze bench.medication;
