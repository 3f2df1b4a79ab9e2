-- Files of closed matters, who borrowed them, and their way to an archive.
create schema archives;
grant usage on schema archives to hengjian_app;

create table archives.file (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  target uuid not null, matter text not null, title text not null, year integer not null, archival_number text not null, retention text not null,
  kept_until date, closed_on date not null, volumes jsonb not null, pages integer not null, filed_on date, transferred_on date, reason text
);
create index on archives.file (target);
select kernel.protect('archives.file', 'archives.file');

create table archives.borrowing (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  file uuid not null, purpose text not null, until date not null, borrower uuid not null, borrower_name text not null, returned_on date,
  reason text
);
create index on archives.borrowing (file);
select kernel.protect('archives.borrowing', 'archives.borrowing');

create table archives.transfer (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  recipient text not null, files jsonb not null, listed jsonb not null, sent_on date, accepted_on date, reason text
);
select kernel.protect('archives.transfer', 'archives.transfer');
