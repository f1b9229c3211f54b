-- How far each of the two streams of checks has come; a changed fingerprint begins anew.
create table follower (
    name text primary key,
    t bigint not null,
    fingerprint text not null
);

-- What was looked at, in its newest version: kept also where nothing was found.
create table item (
    stream text not null,
    rid bigint not null,
    type text not null,
    id text not null,
    version int not null,
    patient int not null,
    module text not null,
    source text not null,
    errors int not null,
    not_checked int not null,
    digest bigint not null,
    primary key (stream, rid)
);
create index item_patient on item (stream, patient);
create index item_digest on item (stream, digest);

-- What can be found; each kind once. Holds no values of resources.
create table kind (
    id bigint generated always as identity primary key,
    digest uuid not null unique,
    stream text not null,
    area text not null,
    rule text not null,
    severity text not null,
    path text not null,
    profile text not null,
    message text not null
);

create table issue (
    stream text not null,
    rid bigint not null,
    kind bigint not null references kind (id),
    location text not null
);
create index issue_rid on issue (stream, rid);
create index issue_kind on issue (kind, rid);

-- References to nothing: looked at again when their target comes.
create table waiting (
    target text not null,
    rid bigint not null,
    primary key (target, rid)
);
create index waiting_rid on waiting (rid);

-- The report, a row for each figure and day; the newest of a day stays.
create table figure (
    day date not null,
    t bigint not null,
    stream text not null,
    area text not null,
    rule text not null,
    severity text not null,
    module text not null,
    source text not null,
    affected bigint not null,
    checked bigint not null,
    primary key (day, stream, rule, severity, module, source)
);
