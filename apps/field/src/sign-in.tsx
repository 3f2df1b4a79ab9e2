import { type FormEvent, useEffect, useState } from 'react';
import { OtherPersonsWork, takeDay } from './day.ts';
import { request } from './http.ts';
import { useSpeech } from './language.ts';
import { sentenceOf, sync } from './outbox/sync.ts';
import { go } from './route.ts';
import type { Label } from './shapes.ts';

/** Posts whose work is outside. */
const offeredRoles = new Set(['抽样人员', '执法检查人员']);

type Person = { id: string; name: string; role: Label; office: Label };

/** Sign in and take the day along: the one thing that needs a network. */
export function SignIn() {
  const { t, say, language } = useSpeech();
  const [people, setPeople] = useState<Person[]>([]);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    request<{ people: Person[] }>('/api/demonstration').then(
      ({ people: offered }) => setPeople(offered.filter(({ role }) => offeredRoles.has(role.zh))),
      () => setPeople([]),
    );
  }, []);
  async function enter(path: string, body: unknown): Promise<void> {
    setBusy(true);
    setProblem('');
    try {
      await request(path, { method: 'POST', body });
      await takeDay();
      await navigator.storage?.persist?.();
      go('');
      void sync();
    } catch (error) {
      setProblem(
        error instanceof OtherPersonsWork ? t('sign-in.other', { name: error.person }) : sentenceOf(error)[language],
      );
    } finally {
      setBusy(false);
    }
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const totp = String(said.get('totp') ?? '').trim();
    void enter('/api/sign-in', {
      email: said.get('email'),
      password: said.get('password'),
      ...(totp === '' ? {} : { totp }),
    });
  }
  return (
    <div className="stack">
      <h1>{t('sign-in.title')}</h1>
      <p>{t('sign-in.lead')}</p>
      {problem !== '' && (
        <p className="notice" data-tone="act" role="alert">
          {problem}
        </p>
      )}
      {people.length > 0 && (
        <section className="stack" aria-labelledby="people">
          <h2 id="people">{t('sign-in.people')}</h2>
          <ul className="rows">
            {people.map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  className="row"
                  disabled={busy}
                  onClick={() => void enter('/api/demonstration/sign-in', { person: person.id })}
                >
                  <b>{person.name}</b>
                  <span>{say(person.office)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form className="stack" onSubmit={submit}>
        <label className="field">
          <span>{t('sign-in.email')}</span>
          <input className="input" name="email" type="email" autoComplete="username" required />
        </label>
        <label className="field">
          <span>{t('sign-in.password')}</span>
          <input className="input" name="password" type="password" autoComplete="current-password" required />
        </label>
        <label className="field">
          <span>{t('sign-in.code')}</span>
          <input className="input" name="totp" inputMode="numeric" autoComplete="one-time-code" />
        </label>
        <button type="submit" className="button primary" disabled={busy}>
          {t('sign-in.do')}
        </button>
      </form>
    </div>
  );
}
