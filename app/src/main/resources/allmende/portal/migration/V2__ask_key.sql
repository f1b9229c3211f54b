-- Stored with the intent, before the federation is asked: asking again with it, after an end at any moment, asks nobody again.
alter table ask add column key text;
update ask set key = gen_random_uuid()::text;
alter table ask alter column key set not null;
alter table ask add constraint ask_key unique (key);
