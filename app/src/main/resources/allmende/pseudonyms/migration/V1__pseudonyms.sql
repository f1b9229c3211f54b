-- What a group of pseudonyms looks like, and how many there are. Its row is locked by whoever adds to it.
create table pseudonym_domain (
    id integer generated always as identity primary key,
    name text not null unique,
    parent integer references pseudonym_domain (id),
    symbols text not null,
    length integer not null,
    check_method text not null,
    prefix text not null,
    several boolean not null,
    deletes boolean not null,
    room bigint not null,
    held bigint not null default 0 check (held >= 0 and held <= room),
    made_at timestamptz not null default now(),
    made_by text not null,
    used_at timestamptz
);

-- Originals are encrypted; they are found by their keyed hash. An anonymised pseudonym has neither and is never given to
-- anybody else. Domains are never deleted, so no foreign key is checked for each row.
create table pseudonym (
    domain integer not null,
    pseudonym text not null,
    lookup bytea,
    number integer not null,
    original bytea,
    made_at timestamptz not null default now(),
    primary key (domain, pseudonym),
    unique (domain, lookup, number),
    check ((lookup is null) = (original is null))
);

-- A wish to learn the originals of these pseudonyms, and what became of it. Nobody decides on their own.
create table resolve_request (
    id text primary key,
    domain integer not null references pseudonym_domain (id),
    purpose text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    machine text,
    state text not null check (state in ('ASKED', 'GRANTED', 'REFUSED')),
    decided_by text,
    decided_at timestamptz,
    expires_at timestamptz,
    reason text,
    check (decided_by is null or decided_by <> asked_by),
    check ((state = 'ASKED') = (decided_by is null)),
    check ((state = 'GRANTED') = (expires_at is not null))
);
create index resolve_request_asked_at on resolve_request (asked_at);

create table resolve_item (
    request text not null references resolve_request (id),
    pseudonym text not null,
    resolved_at timestamptz,
    resolved_by text,
    primary key (request, pseudonym)
);
create index resolve_item_pseudonym on resolve_item (pseudonym);
