import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { IsoDate, Label } from '../api.ts';
import { dayWithWeekday } from '../format.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Failure, Notice, Sheet, TextField, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useEntity, useMe, useNamedQuery } from '../session.ts';

type At = { id: string; office: string; place: Label };
type Presence = {
  today: IsoDate;
  until: IsoDate;
  duties: (At & { day: IsoDate; shift: string; personName: string; part: string })[];
  leaves: (At & {
    state: string;
    personName: string;
    kind: string;
    firstDay: IsoDate;
    lastDay: IsoDate;
    deputyName: string;
  })[];
  certificates: (At & {
    personName: string;
    roleLabel: Label;
    certificate: string | null;
    until: IsoDate | null;
    standing: 'missing' | 'expired' | 'ends-soon';
  })[];
};

function useChoice(entity: string, field: string): (value: string) => string {
  const { say } = useSpeech();
  const choices = useEntity(entity)?.fields.find(({ name }) => name === field)?.choices ?? [];
  return (value) => say(choices.find((choice) => choice.value === value)?.label) || value;
}

function Duties({ presence }: { presence: Presence }) {
  const { t, say, language } = useSpeech();
  const shift = useChoice('people.duty', 'shift');
  const part = useChoice('people.duty', 'part');
  if (presence.duties.length === 0) return <p className="soft">{t('presence.no-duties')}</p>;
  return (
    <ScrollFrame label={t('presence.duties')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('presence.day')}</th>
            <th scope="col">{t('presence.shift')}</th>
            <th scope="col">{t('presence.who')}</th>
            <th scope="col">{t('column.office')}</th>
          </tr>
        </thead>
        <tbody>
          {presence.duties.map((duty) => (
            <tr key={duty.id} data-current={duty.day === presence.today}>
              <td className="nowrap">{dayWithWeekday(duty.day, language)}</td>
              <td>{shift(duty.shift)}</td>
              <td>
                <Link to={`/record/${duty.id}`}>{duty.personName}</Link> <span className="soft">{part(duty.part)}</span>
              </td>
              <td>{say(duty.place)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Leaves({ presence }: { presence: Presence }) {
  const { t, say } = useSpeech();
  const kind = useChoice('people.leave', 'kind');
  if (presence.leaves.length === 0) return <p className="soft">{t('presence.no-leaves')}</p>;
  return (
    <ScrollFrame label={t('presence.leaves')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('presence.who')}</th>
            <th scope="col">{t('presence.when')}</th>
            <th scope="col">{t('presence.deputy')}</th>
            <th scope="col">{t('column.state')}</th>
          </tr>
        </thead>
        <tbody>
          {presence.leaves.map((leave) => (
            <tr key={leave.id}>
              <td>
                <Link to={`/record/${leave.id}`}>{leave.personName}</Link>{' '}
                <span className="soft small">{say(leave.place)}</span>
              </td>
              <td>
                <span className="nowrap">{leave.firstDay}</span> – <span className="nowrap">{leave.lastDay}</span>{' '}
                <span className="soft">{kind(leave.kind)}</span>
              </td>
              <td>{leave.deputyName}</td>
              <td>{t(leave.state === 'asked' ? 'presence.asked' : 'presence.granted')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Certificates({ presence }: { presence: Presence }) {
  const { t, say } = useSpeech();
  if (presence.certificates.length === 0) return <p className="soft">{t('presence.certificates-good')}</p>;
  return (
    <ul className="stack plain">
      {presence.certificates.map((row) => (
        <li key={row.id}>
          <span className="verdict" data-verdict={row.standing === 'ends-soon' ? 'open' : 'bad'}>
            {t(`presence.certificate.${row.standing}`, { until: row.until ?? '' })}
          </span>{' '}
          <Link to={`/record/${row.id}`}>{row.personName}</Link>{' '}
          <span className="soft">
            {say(row.roleLabel)} · {say(row.place)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Somebody whom no roster named; his first link is shown once and passed on by the administrator. */
function EnterPerson() {
  const { t, explain } = useSpeech();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const enter = useMutation({
    mutationFn: () =>
      request<{ person: string; name: string; link: string }>('/api/people', { method: 'POST', body: { name, email } }),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!enter.isPending) enter.mutate();
      }}
    >
      {enter.error && (
        <div role="alert">
          <Notice tone="act">{explain(enter.error)}</Notice>
        </div>
      )}
      {enter.data && (
        <div role="status">
          <Notice tone="good">
            {t('presence.entered', { name: enter.data.name })} <span className="code">{enter.data.link}</span>{' '}
            <Link to={`/new/kernel.grant/appoint?person=${enter.data.person}`}>{t('presence.appoint')}</Link>
          </Notice>
        </div>
      )}
      <TextField label={t('presence.name')} required value={name} onValue={setName} />
      <TextField label={t('sign-in.email')} type="email" required value={email} onValue={setEmail} />
      <p>
        <button type="submit" className="button" aria-disabled={enter.isPending}>
          {t('presence.enter')}
        </button>
      </p>
    </form>
  );
}

/** Who is on duty this week, who is away and stood in for, whose certificate ends: and the ways to change it. */
export function PresencePage() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('presence'));
  const me = useMe();
  const duty = useEntity('people.duty');
  const succession = useEntity('people.succession');
  const presence = useNamedQuery<Presence>('people.presence', {});
  const may = (entity: typeof duty, action: string) =>
    entity?.actions.some(({ name, mine }) => name === action && mine) ?? false;
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('presence')}
        </h1>
        <p className="soft">{t('presence.lead')}</p>
      </div>
      <p className="row">
        <Link className="button" to="/new/people.leave/ask">
          {t('presence.ask')}
        </Link>
        {may(duty, 'plan') && (
          <Link className="button" to="/new/people.duty/plan">
            {t('presence.plan')}
          </Link>
        )}
        {may(duty, 'plan') && <Link to="/import?kind=people.duty">{t('presence.import')}</Link>}
        {may(succession, 'takeOver') && <Link to="/new/people.succession/takeOver">{t('presence.take-over')}</Link>}
      </p>
      {presence.error ? <Failure error={presence.error} retry={() => void presence.refetch()} /> : null}
      {presence.isPending && <Waiting />}
      {presence.data && (
        <>
          <Sheet title={t('presence.duties')}>
            <div className="sheet-body">
              <Duties presence={presence.data} />
            </div>
          </Sheet>
          <Sheet title={t('presence.leaves')}>
            <div className="sheet-body">
              <Leaves presence={presence.data} />
            </div>
          </Sheet>
          <Sheet title={t('presence.certificates')}>
            <div className="sheet-body">
              <Certificates presence={presence.data} />
            </div>
          </Sheet>
        </>
      )}
      {me.grant?.role === 'system-administrator' && (
        <Sheet title={t('presence.people')}>
          <div className="sheet-body stack">
            <p className="soft">{t('presence.people.lead')}</p>
            <EnterPerson />
          </div>
        </Sheet>
      )}
    </main>
  );
}
