-- Who is on duty, who is away and stood in for, who took over whose post.
create schema people;
grant usage on schema people to hengjian_app;

create table people.duty (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  day date not null, shift text not null, person uuid not null, person_name text not null, part text not null, telephone text, reason text
);
create index on people.duty (day, office);
select kernel.protect('people.duty', 'people.duty');

create table people.leave (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  person uuid not null, person_name text not null, kind text not null, first_day date not null, last_day date not null, deputy uuid not null,
  deputy_name text not null, remark text, stand_ins jsonb not null, returned_on date, reason text
);
create index on people.leave (person);
select kernel.protect('people.leave', 'people.leave');

create table people.succession (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  predecessor uuid not null, predecessor_name text not null, successor uuid not null, successor_name text not null, role text not null,
  taken_over_on date not null, remark text, work jsonb not null, sheets integer not null
);
select kernel.protect('people.succession', 'people.succession');
