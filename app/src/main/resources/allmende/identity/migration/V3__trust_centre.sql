-- The trust centre's people at a site.

alter table account_role drop constraint account_role_role_check;
alter table account_role add constraint account_role_role_check check (role in (
    'RESEARCHER', 'COORDINATION', 'ADMIN',
    'SITE_ENGINEER', 'DATA_STEWARD', 'TRANSFER_OFFICE', 'UAC_MEMBER', 'TRUST_CENTRE', 'PHYSICIAN', 'PHARMACIST', 'PATIENT',
    'AUDITOR'));
