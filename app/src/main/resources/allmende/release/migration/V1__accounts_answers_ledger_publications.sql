-- What portals and their requesters have spent and not been refilled yet; requester is '' for the portal's own account.
create table account (
    portal      text        not null,
    requester   text        not null,
    spent_micro bigint      not null,
    at          timestamptz not null,
    primary key (portal, requester)
);

-- Each answer as it was released, so that it can be given again exactly.
create table answer (
    arrangement text        not null,
    t           bigint      not null,
    question    text        not null,
    report      jsonb       not null,
    at          timestamptz not null,
    primary key (arrangement, t)
);
create index on answer (question, t);

-- Who was given which answer, and what it cost.
create table ledger (
    id           bigint generated always as identity primary key,
    at           timestamptz not null,
    portal       text        not null,
    requester    text        not null,
    question     text        not null,
    arrangement  text        not null,
    t            bigint      not null,
    micro        bigint      not null,
    portal_micro bigint      not null,
    unique (portal, requester, arrangement, t)
);
create index on ledger (portal, question, t);

-- The statistics of each publication period.
create table publication (
    period text        primary key,
    body   bytea       not null,
    t      bigint      not null,
    at     timestamptz not null
);
