-- What researchers work on, what they asked, and what the sites answered.

create table question (
    id bigint generated always as identity primary key,
    name text not null,
    notes text not null default '',
    owner bigint not null,
    team bigint,
    shared boolean not null default false,
    -- Grows with every change: who writes names the one that they saw.
    revision bigint not null default 1,
    -- The step of the undo log that is the current document.
    step int not null default 0,
    created timestamptz not null,
    changed timestamptz not null
);
create index question_owner on question (owner);
create index question_team on question (team) where shared;

-- Every edit in order; steps after the current one can be done again.
create table edit (
    question bigint not null references question on delete cascade,
    step int not null,
    document text not null,
    account bigint not null,
    at timestamptz not null,
    primary key (question, step)
);

create table version (
    question bigint not null references question on delete cascade,
    number int not null,
    name text not null,
    document text not null,
    account bigint not null,
    at timestamptz not null,
    primary key (question, number)
);

-- The intent to ask the sites; stored first, handed over after. It outlives its question, for the quotas count it.
create table ask (
    id bigint generated always as identity primary key,
    question bigint references question on delete set null,
    number int not null,
    version int not null,
    account bigint not null,
    cohort text not null,
    body text not null,
    -- What it costs at each site, as published when it was asked.
    epsilon double precision not null,
    asked timestamptz not null,
    deadline timestamptz not null,
    -- Null until the federation took it over.
    task text unique,
    unique (question, number)
);
create index ask_account on ask (account, asked);
create index ask_waiting on ask (id) where task is null;

create table ask_site (
    ask bigint not null references ask on delete cascade,
    site text not null,
    name text not null,
    primary key (ask, site)
);

-- By task, not by ask: an answer may be here before the ask has learnt the task's name.
create table answer (
    task text not null,
    site text not null,
    -- COMPLETED with the output, FAILED with the code, REFUSED with the reason.
    kind text not null,
    body text not null,
    note text,
    at timestamptz not null,
    late boolean not null,
    primary key (task, site)
);

-- The newest of what each site has published about its data.
create table publication (
    site text primary key,
    body text not null,
    at timestamptz not null
);

-- Who used up the week's questions stays locked until a person lifts it.
create table quota_lock (
    account bigint primary key,
    since timestamptz not null
);
create table quota_reset (
    account bigint primary key,
    at timestamptz not null,
    by_account text not null
);

-- Secrets of the portal that must outlive it, such as the key of the researchers' pseudonyms.
create table secret (
    name text primary key,
    bytes bytea not null
);
