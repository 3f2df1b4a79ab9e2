-- Jobs outlive the process that began them: whoever holds the lease works on a job, and another takes it when the lease has run out.
alter table desk.job
  add holder uuid,
  add lease_until timestamptz,
  add attempts integer not null default 0,
  add checkpoint jsonb not null default '{}',
  add cancel_asked_at timestamptz,
  add constraint job_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled'));
create index on desk.job (created_at) where state in ('queued', 'running');
create index on desk.job (person, created_at desc);
-- A person enters a job and may ask that it stop; what becomes of it is written by the machine alone.
revoke update, delete on desk.job from hengjian_app;
grant update (cancel_asked_at) on desk.job to hengjian_app;
