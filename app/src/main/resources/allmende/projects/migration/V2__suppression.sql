-- Builds that leave out patients who stand out: groups of people who look alike have at least so many, 0 for no such order.
alter table build add column suppress_to int not null default 0;
