import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Demonstration, DemonstrationPerson, Me } from '../api.ts';
import { Problem, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon, Mark } from '../kit/icon.tsx';
import { Notice, TextField, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { meQuery } from '../session.ts';
import { Switches } from '../shell/topbar.tsx';
import { FirstPassword } from './first.tsx';
import { hallPlace, returnPlace } from './return-place.ts';
import './sign-in.css';

function useEnter() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (me: Me) => {
    client.clear();
    client.setQueryData(meQuery.queryKey, me);
    const hall = hallPlace(search.get('from'));
    if (hall === undefined) navigate(returnPlace(search.get('from')), { replace: true });
    else window.location.replace(hall);
  };
}

function People({ people }: { people: DemonstrationPerson[] }) {
  const { t, say, explain } = useSpeech();
  const enter = useEnter();
  const signIn = useMutation({
    mutationFn: (person: string) => request<Me>('/api/demonstration/sign-in', { method: 'POST', body: { person } }),
    onSuccess: enter,
  });
  const roles = [...new Map(people.map((person) => [person.role.zh, person])).values()];
  return (
    <section aria-label={t('sign-in.people')}>
      <p className="sign-in-lead">{t('sign-in.people.lead')}</p>
      {signIn.error && (
        <div role="alert">
          <Notice tone="act">{explain(signIn.error)}</Notice>
        </div>
      )}
      {roles.map(({ role, does }) => (
        <div key={role.zh} className="sign-in-role">
          <div>
            <h2>{say(role)}</h2>
            <p className="small soft">{say(does)}</p>
          </div>
          <ul>
            {people
              .filter((person) => person.role.zh === role.zh)
              .map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    className="sign-in-person"
                    aria-disabled={signIn.isPending}
                    onClick={() => !signIn.isPending && signIn.mutate(person.id)}
                  >
                    <span className="sign-in-name">{person.name}</span>
                    <span className="sign-in-place">{say(person.office)}</span>
                    <Icon name="right" />
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Form({ address }: { address: string }) {
  const { t, explain } = useSpeech();
  const enter = useEnter();
  const [email, setEmail] = useState(address);
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const signIn = useMutation({
    mutationFn: () =>
      request<Me>('/api/sign-in', {
        method: 'POST',
        body: { email, password, ...(totp ? { totp: totp.replace(/\s/g, '') } : {}) },
      }),
    onSuccess: enter,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!signIn.isPending) signIn.mutate();
      }}
    >
      {signIn.error && (
        <div role="alert">
          <Notice tone="act">{explain(signIn.error)}</Notice>
        </div>
      )}
      <TextField
        label={t('sign-in.email')}
        type="email"
        autoComplete="username"
        required
        value={email}
        onValue={setEmail}
      />
      <TextField
        label={t('sign-in.password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onValue={setPassword}
      />
      <TextField
        label={
          <>
            {t('sign-in.totp')} <span className="optional">({t('sign-in.totp.when')})</span>
          </>
        }
        className="input narrow-input"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]{6,7}"
        value={totp}
        onValue={setTotp}
      />
      <p>
        <button type="submit" className="button-primary" aria-disabled={signIn.isPending}>
          {t('sign-in')}
        </button>
      </p>
    </form>
  );
}

/** The door: in a demonstration one click on a person; in earnest e-mail, password and one-time code. */
export function SignIn() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('sign-in'));
  const demonstration = useQuery({
    queryKey: ['demonstration'],
    queryFn: async ({ signal }) => {
      try {
        return await request<Demonstration>('/api/demonstration', { signal });
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return { enabled: false, people: [] };
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [search, setSearch] = useSearchParams();
  const [address, setAddress] = useState('');
  const first = search.get('first');
  const people = demonstration.data?.enabled && first === null ? demonstration.data.people : [];
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <Switches />
      </header>
      <main className="sign-in-main" id="main" data-wide={people.length > 0}>
        <div className="sign-in-brand">
          <Mark size={56} />
          <div>
            <p className="sign-in-title">衡鉴</p>
            <p className="soft">{t('brand.line')}</p>
          </div>
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {t(first !== null ? 'first' : people.length > 0 ? 'sign-in.demonstration' : 'sign-in')}
        </h1>
        {demonstration.isPending && <Waiting />}
        {people.length > 0 && <People people={people} />}
        {first !== null && (
          <FirstPassword
            token={first}
            onDone={(email) => {
              setAddress(email);
              setSearch({}, { replace: true });
            }}
          />
        )}
        {first === null && !demonstration.isPending && people.length === 0 && <Form key={address} address={address} />}
      </main>
    </div>
  );
}
