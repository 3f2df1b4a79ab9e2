-- What an applicant has not handed in is his own business: no office reads a draft, whatever post it holds. The counter that enters one for
-- him stands in it as a party.
create policy drafts_are_the_applicants on licensing.application as restrictive for select to hengjian_app using (
  state not in ('draft', 'discarded') or parties && (select kernel.claim_array('parties'))::text[]);
create policy drafts_are_the_applicants on kernel.record as restrictive for select to hengjian_app using (
  entity <> 'licensing.application' or state not in ('draft', 'discarded') or parties && (select kernel.claim_array('parties'))::text[]);

-- Who employs a certified person, and what penalty decisions found against him.
alter table licensing.licence add employer text, add violations jsonb;

-- What must reach an applicant or a holder: a record of its own for each paper, served in the five ways of order 2.
create table licensing.service (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  paper text not null, application uuid, licence uuid, organisation uuid not null, addressee_name text not null, addressee_code text,
  number text, address text, decided_on date not null,
  way text, served_on date, received_by text, witness text, waybill text, means text, address_confirmed_on date, returned_on date,
  return_reason text, publicised_on date, public_reason text, entry uuid
);
create index on licensing.service (application);
select kernel.protect('licensing.service', 'licensing.service');
alter table licensing.application add delivered_on date;
update licensing.application set delivery = 'direct' where delivery = 'window';
