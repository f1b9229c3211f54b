-- Who reads all that a patient has finds it without reading all others.
create index version_patient on version (patient) where patient is not null;
