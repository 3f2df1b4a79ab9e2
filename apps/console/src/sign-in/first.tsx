import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Notice, TextField } from '../kit/pieces.tsx';

/** The first password, set once by the link that the administrator passed on. */
export function FirstPassword({ token, onDone }: { token: string; onDone: (email: string) => void }) {
  const { t, explain } = useSpeech();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [unlike, setUnlike] = useState(false);
  const set = useMutation({
    mutationFn: () => request<{ email: string }>('/api/first-sign-in', { method: 'POST', body: { token, password } }),
    onSuccess: ({ email }) => onDone(email),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setUnlike(password !== again);
        if (password === again && !set.isPending) set.mutate();
      }}
    >
      <p>{t('first.lead')}</p>
      {(set.error || unlike) && (
        <div role="alert">
          <Notice tone="act">{unlike ? t('first.unlike') : explain(set.error)}</Notice>
        </div>
      )}
      <TextField
        label={t('first.password')}
        type="password"
        autoComplete="new-password"
        required
        value={password}
        onValue={setPassword}
      />
      <TextField
        label={t('first.again')}
        type="password"
        autoComplete="new-password"
        required
        value={again}
        onValue={setAgain}
      />
      <p>
        <button type="submit" className="button-primary" aria-disabled={set.isPending}>
          {t('first.set')}
        </button>
      </p>
    </form>
  );
}
