-- People, what they may do, and what they did.

create table team (
    id bigint generated always as identity primary key,
    name text not null,
    created_at timestamptz not null,
    created_by text not null
);

create table account (
    id bigint generated always as identity primary key,
    name text not null unique,
    display_name text not null,
    email text not null,
    -- Null: logs in through the OpenID Connect provider alone.
    password_hash text,
    password_changed_at timestamptz,
    affiliation text not null,
    affiliation_state text not null default 'OPEN' check (affiliation_state in ('OPEN', 'CONFIRMED', 'REFUSED')),
    affiliation_reason text,
    affiliation_by text,
    affiliation_at timestamptz,
    team_id bigint references team on delete set null,
    -- Set by an administrator; unlike the delay after wrong passwords it does not end by itself.
    locked boolean not null default false,
    created_at timestamptz not null,
    last_login_at timestamptz
);
create index account_team on account (team_id);

create table account_role (
    account_id bigint not null references account on delete cascade,
    role text not null check (role in ('RESEARCHER', 'COORDINATION', 'SITE_STAFF', 'ADMIN')),
    primary key (account_id, role)
);

-- Who a provider says somebody is. Never matched by e-mail address, which a provider may hand to somebody else.
create table external_identity (
    issuer text not null,
    subject text not null,
    account_id bigint not null references account on delete cascade,
    primary key (issuer, subject)
);

create table team_invitation (
    team_id bigint not null references team on delete cascade,
    account_id bigint not null references account on delete cascade,
    invited_by text not null,
    invited_at timestamptz not null,
    primary key (team_id, account_id)
);

-- By the name that was typed, whether or not there is such an account: answers must not differ.
create table login_failure (
    name text primary key,
    failures integer not null,
    last_at timestamptz not null
);

create table audit_entry (
    seq bigint primary key,
    at timestamptz not null,
    who text not null,
    what text not null,
    object text not null,
    detail text,
    previous text not null,
    hash text not null
);

create function audit_entry_stays() returns trigger language plpgsql as $$
begin
    raise exception 'Entries of the audit trail are neither changed nor removed';
end $$;

create trigger audit_entry_stays before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_stays();
