-- A request for data: what, for which purpose, for whom, until when.
create table project (
    id                    text        primary key,
    title                 text        not null,
    purpose               text        not null,
    legal_basis           text        not null,
    crtdl                 bytea       not null,
    crtdl_hash            text        not null,
    rule_set_name         text        not null,
    rule_set              bytea       not null,
    rule_set_hash         text        not null,
    recipient             text        not null,
    recipient_key         text        not null,
    recipient_fingerprint text        not null,
    expiry                timestamptz not null,
    state                 text        not null,
    changed_by            text        not null,
    changed_at            timestamptz not null
);

-- Each step of a project, by whom and when; the same is in the chain of administrative acts.
create table step (
    id      bigint generated always as identity primary key,
    project text        not null references project (id),
    state   text        not null,
    by      text        not null,
    at      timestamptz not null,
    note    text        not null
);
create index on step (project, id);

-- What was built of a project, from which snapshot. Report and sample are shown before anybody decides.
create table build (
    id           bigint generated always as identity primary key,
    project      text        not null references project (id),
    by           text        not null,
    at           timestamptz not null,
    t            bigint      not null,
    consent_day  date        not null,
    request_hash text        not null,
    state        text        not null,
    done         bigint      not null default 0,
    total        bigint      not null default 0,
    content_hash text        not null default '',
    patients     int         not null default 0,
    resources    bigint      not null default 0,
    report       jsonb       not null default '{}',
    sample       jsonb       not null default '[]',
    fault        text        not null default '',
    ended_at     timestamptz
);
create index on build (project, id);

-- Which patient is in a build under which pseudonym. The patient is named by a keyed hash and by the number that the store
-- gives it, by which an erased patient is found, too.
create table build_patient (
    build       bigint not null references build (id),
    patient_key bytea  not null,
    patient     int    not null,
    pseudonym   text   not null,
    primary key (build, patient_key)
);
create index on build_patient (patient_key);
create index on build_patient (patient);

-- Who has approved what.
create table approval (
    id           bigint generated always as identity primary key,
    build        bigint      not null references build (id),
    person       text        not null,
    role         text        not null,
    at           timestamptz not null,
    binding_hash text        not null
);
create index on approval (build);

-- What has left, or may be fetched.
create table delivery (
    id         text        primary key,
    project    text        not null references project (id),
    build      bigint      not null references build (id),
    by         text        not null,
    at         timestamptz not null,
    channel    text        not null,
    approved   text[]      not null,
    token_hash text        not null unique,
    expiry     timestamptz not null,
    files      jsonb       not null,
    stopped_at timestamptz,
    stopped    text        not null default ''
);
create index on delivery (project);
create index on delivery (build);

-- Each file that was fetched, or not to its end.
create table download (
    id       bigint generated always as identity primary key,
    delivery text        not null references delivery (id),
    file     text        not null,
    at       timestamptz not null,
    address  text        not null,
    outcome  text        not null
);
create index on download (delivery);

-- A patient of a build whose data is no longer permitted.
create table withdrawal (
    build       bigint      not null references build (id),
    patient_key bytea       not null,
    t           bigint      not null,
    at          timestamptz not null,
    reason      text        not null,
    primary key (build, patient_key)
);

-- What a recipient has to delete, and whether they have.
create table deletion_task (
    id           text        primary key,
    delivery     text        not null references delivery (id),
    patient_key  bytea       not null,
    pseudonym    text        not null,
    reason       text        not null,
    at           timestamptz not null,
    fetched_at   timestamptz,
    confirmed_at timestamptz,
    confirmed_by text        not null default '',
    remark       text        not null default '',
    unique (delivery, patient_key)
);

-- How far the changes of consents have been looked at.
create table follower (
    name text   primary key,
    t    bigint not null
);
