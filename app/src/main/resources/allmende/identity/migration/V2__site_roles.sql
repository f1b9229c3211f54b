-- The roles of a site; who was its staff is its engineer.

alter table account_role drop constraint account_role_role_check;
update account_role set role = 'SITE_ENGINEER' where role = 'SITE_STAFF';
alter table account_role add constraint account_role_role_check check (role in (
    'RESEARCHER', 'COORDINATION', 'ADMIN',
    'SITE_ENGINEER', 'DATA_STEWARD', 'TRANSFER_OFFICE', 'UAC_MEMBER', 'PHYSICIAN', 'PHARMACIST', 'PATIENT', 'AUDITOR'));

-- The Patient resource that the person of an account is; null for nobody's.
alter table account add column patient_id text;

-- Assertions that machines have shown, each of which is good for one token.
create table seen_assertion (
    client text not null,
    jti_hash text not null,
    expires_at timestamptz not null,
    primary key (client, jti_hash)
);
create index seen_assertion_expires on seen_assertion (expires_at);
