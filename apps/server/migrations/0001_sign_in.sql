-- Sign-in: who may open a session, and the sessions that are open. Written and read by better-auth and by src/sign-in alone,
-- always as hengjian_machine; no role that works under a claim sees any of it. What a person may do is not here: that is
-- kernel.grant. Every instant ends in _at, by which src/sign-in/dialect.ts knows it.
create table desk.sign_in_user (
  id uuid primary key references kernel.person (id),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table desk.sign_in_user is 'an account; its id is the id of the person, so that a session names the person directly';

create table desk.sign_in_session (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references desk.sign_in_user (id) on delete cascade,
  token text not null unique,
  grant_id uuid,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on desk.sign_in_session (user_id);
create index on desk.sign_in_session (expires_at);
comment on column desk.sign_in_session.grant_id is 'the grant chosen last in this session; kernel.grant decides whether it still holds';

create table desk.sign_in_credential (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references desk.sign_in_user (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index on desk.sign_in_credential (user_id);
comment on table desk.sign_in_credential is 'one way of proving to be that account: a password hash, or a subject at the OpenID provider';

create table desk.sign_in_verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on desk.sign_in_verification (identifier);

create table desk.sign_in_second_factor (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references desk.sign_in_user (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_count integer not null default 0,
  locked_until_at timestamptz,
  spent_code text,
  spent_at timestamptz
);
comment on table desk.sign_in_second_factor is 'secret and backup codes are encrypted with the secret of the installation; spent_code is the last code tried';

create table desk.sign_in_attempt (email text primary key, attempts integer not null, last_at timestamptz not null);
create index on desk.sign_in_attempt (last_at);
comment on table desk.sign_in_attempt is 'sign-ins by password that have not succeeded, of known and unknown addresses alike';

do $$
declare name text;
begin
  foreach name in array array['user', 'session', 'credential', 'verification', 'second_factor', 'attempt'] loop
    execute format('alter table desk.%I enable row level security', 'sign_in_' || name);
    execute format('alter table desk.%I force row level security', 'sign_in_' || name);
    execute format('create policy machine on desk.%I to hengjian_machine using (true) with check (true)', 'sign_in_' || name);
    execute format('grant select, insert, update, delete on desk.%I to hengjian_machine', 'sign_in_' || name);
  end loop;
end $$;
