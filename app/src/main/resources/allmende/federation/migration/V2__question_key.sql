-- What the asker calls its intent: asking again with the same key is the same question.
alter table question add column key text;
update question set key = id;
alter table question alter column key set not null;
alter table question add constraint question_key unique (key);
