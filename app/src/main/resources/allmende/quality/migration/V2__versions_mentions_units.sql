-- What was found in versions that were looked at and are no longer the newest.
create table past (
    stream text not null,
    rid bigint not null,
    version int not null,
    errors int not null,
    not_checked int not null,
    kinds bigint[] not null,
    primary key (stream, rid, version)
);

-- References to what belongs to no patient or to another one, as the number of the target's address: looked at again when
-- the target goes. Those within a patient are found by the patient.
create table mention (
    target bigint not null,
    rid bigint not null,
    primary key (target, rid)
);
create index mention_rid on mention (rid);

-- In which unit a code was measured, to learn what is usual.
create table measure (
    rid bigint not null,
    code text not null,
    unit text not null,
    primary key (rid, code, unit)
);
