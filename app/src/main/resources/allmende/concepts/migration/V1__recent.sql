-- What each account used last in the search over concepts.
create table recent (
    account text not null,
    context text not null,
    system  text not null,
    code    text not null,
    at      timestamptz not null default clock_timestamp(),
    times   integer not null default 1,
    primary key (account, context, system, code)
);
create index recent_latest on recent (account, at desc);
