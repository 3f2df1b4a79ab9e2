import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { Problem, upload } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Notice } from '../kit/pieces.tsx';

/** The faults of a file that was refused whole, each by row and column. */
function Faults({ error }: { error: Problem }) {
  const { t, language } = useSpeech();
  const [shown, setShown] = useState(20);
  return (
    <>
      <ul className="exchange-faults">
        {error.errors.slice(0, shown).map((fault) => (
          <li key={`${fault.path} ${fault.code}`}>{fault[language]}</li>
        ))}
      </ul>
      {error.errors.length > shown && (
        <button type="button" className="button" onClick={() => setShown(error.errors.length)}>
          {t('exchange.faults.all', { n: error.errors.length })}
        </button>
      )}
    </>
  );
}

/** One file from the counterpart, taken whole or not at all. */
export function FileTaker({
  label,
  button,
  path,
  done,
  children,
}: {
  label: string;
  button: string;
  path: string;
  /** What is said when it was taken. */
  done: string;
  children?: ReactNode;
}) {
  const { t, explain } = useSpeech();
  const client = useQueryClient();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [asked, setAsked] = useState(false);
  const [taken, setTaken] = useState(0);
  const take = useMutation({
    mutationFn: (chosen: File) => upload(path, chosen),
    onSuccess: () => {
      announce(done);
      setFile(null);
      setAsked(false);
      setTaken((before) => before + 1);
      return client.invalidateQueries({ queryKey: ['query'] });
    },
  });
  const missing = asked && file === null;
  return (
    <form
      className="exchange-take"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (file && !take.isPending) take.mutate(file);
      }}
    >
      {children}
      <div className="field">
        <label htmlFor={id}>{label}</label>
        {missing && (
          <p className="field-error" id={`${id}-error`} role="alert">
            {t('import.no-file')}
          </p>
        )}
        <input
          id={id}
          key={taken}
          type="file"
          accept=".csv,.xlsx,.json"
          aria-describedby={missing ? `${id}-error` : undefined}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            take.reset();
          }}
        />
      </div>
      <button type="submit" className="button" aria-disabled={take.isPending}>
        {take.isPending ? t('upload.running') : button}
      </button>
      {take.error && (
        <div role="alert" className="exchange-answer">
          <Notice tone="warn">
            <p>{explain(take.error)}</p>
            {take.error instanceof Problem && take.error.errors.length > 0 && <Faults error={take.error} />}
          </Notice>
        </div>
      )}
      {take.isSuccess && (
        <div className="exchange-answer">
          <Notice tone="good">{done}</Notice>
        </div>
      )}
    </form>
  );
}
