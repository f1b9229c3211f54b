-- What the use and access committee has decided about a project; null where it has not.
alter table project
    add column vote_positive  boolean,
    add column vote_day       date,
    add column vote_reference text;
