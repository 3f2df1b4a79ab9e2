-- Soft tools: talks, reminders, meetings on quality, circulars, letters of urging, requests for assistance.
create table correspondence.letter (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  kind text not null, about uuid, to_office text, to_subject uuid, to_name text, matter text not null, demand text not null, deadline date,
  meeting_on date, place text, about_entity text, about_title text, issued_on date, received_on date, postponed_to date, postponement text,
  reply text, replied_on date, held_on date, attended text, outcome text, verdict text, reason text
);
create index on correspondence.letter (about);
select kernel.protect('correspondence.letter', 'correspondence.letter');
create policy ledger on correspondence.letter for select to hengjian_machine using (true);
grant select (id, state, to_office, deadline) on correspondence.letter to hengjian_machine; -- reminders, never what it says
