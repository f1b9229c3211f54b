-- Who reads all resources of a type finds them without reading all others.
create index resource_of_type on resource (type, rid);
