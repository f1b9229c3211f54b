-- Messages between a portal and its sites. A portal and a site have the same tables; each fills its own part.

create table party (
    id          text primary key,
    name        text not null,
    key         text not null,
    thumbprint  text not null,
    certificate text,
    revoked     boolean not null
);

create table revoked_key (
    thumbprint text primary key,
    party      text not null
);

create table application (
    thumbprint  text primary key,
    party       text not null,
    name        text not null,
    key         text not null,
    certificate text,
    at          timestamptz not null,
    state       text not null
);

create table setting (
    name  text primary key,
    value text not null
);

-- Who decided what; rows are only ever added.
create table decision (
    number bigint generated always as identity primary key,
    at     timestamptz not null,
    person text not null,
    what   text not null,
    about  text not null
);

-- Both directions between the own party and another.
create table queue (
    party text primary key,
    taken bigint not null default 0,
    sent  bigint not null default 0
);

-- What waits to be sent. A question's text is with the question: it is the same for all sites.
create table outbox (
    party  text not null,
    number bigint not null,
    id     text not null,
    act    text not null,
    kind   text not null,
    task   text not null,
    body   text,
    primary key (party, number)
);
create index outbox_task on outbox (task);

create table question (
    id       text primary key,
    kind     text not null,
    body     text not null,
    asked    timestamptz not null,
    deadline timestamptz not null
);
create index question_deadline on question (deadline);

-- One row for each site that was asked: OPEN until it answers, ANSWERED until a listener took it, then TAKEN.
create table delivery (
    task   text not null references question on delete cascade,
    party  text not null,
    state  text not null,
    body   text,
    at     timestamptz,
    late   boolean not null default false,
    number bigint generated always as identity,
    primary key (task, party)
);
create index delivery_answered on delivery (at, number) where state = 'ANSWERED';
create index delivery_open on delivery (party) where state = 'OPEN';

create table publication (
    party  text not null,
    kind   text not null,
    number bigint not null,
    body   text not null,
    at     timestamptz not null,
    primary key (party, kind)
);

-- Tasks that a site has taken.
create table task (
    id       text primary key,
    party    text not null,
    kind     text not null,
    body     text not null,
    received timestamptz not null,
    state    text not null,
    note     text,
    number   bigint generated always as identity
);
create index task_open on task (state, number) where state <> 'DONE';
create index task_received on task (received) where state = 'DONE';
