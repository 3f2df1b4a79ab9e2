import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { CommandResult } from '../api.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Notice } from '../kit/pieces.tsx';
import { useEntity } from '../session.ts';
import type { LoopRow } from './shapes.ts';

/** Whether the present post may urge, by the declaration. */
export function useMayUrge(): boolean {
  return useEntity('handling.urging')?.actions.some(({ name, mine }) => name === 'issue' && mine) ?? false;
}

/** A letter that urges the loops chosen; a retry after a lost answer is the same command. */
export function Urge({ rows, onSent }: { rows: LoopRow[]; onSent: () => void }) {
  const { t, explain } = useSpeech();
  const client = useQueryClient();
  const id = useId();
  const command = useRef('');
  const [demand, setDemand] = useState('');
  const [deadline, setDeadline] = useState('');
  const [sent, setSent] = useState<string | null>(null);
  const offices = new Set(rows.map(({ record }) => record.office.code));
  const issue = useMutation({
    mutationFn: () => {
      command.current ||= crypto.randomUUID();
      return request<CommandResult>('/api/actions/handling.urging/issue', {
        method: 'POST',
        body: { id: command.current, input: { loops: rows.map(({ record }) => record.id), demand, deadline } },
      });
    },
    onSuccess: ({ record }) => {
      command.current = '';
      setSent(record.id);
      announce(t('urge.sent'));
      onSent();
      return client.invalidateQueries({ queryKey: ['query'] });
    },
  });
  if (rows.length === 0)
    return sent ? (
      <Notice tone="good">
        {t('urge.sent')} <Link to={`/record/${sent}`}>{t('open')}</Link>
      </Notice>
    ) : null;
  const ready = demand.trim() !== '' && deadline !== '' && offices.size === 1 && !issue.isPending;
  return (
    <form
      className="sheet urge no-print"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) issue.mutate();
      }}
    >
      <div className="sheet-head">
        <h2>{t('urge.title', { n: rows.length })}</h2>
      </div>
      <div className="sheet-body stack">
        {offices.size > 1 && <Notice tone="warn">{t('urge.one-office')}</Notice>}
        <div className="field">
          <label htmlFor={`${id}demand`}>{t('urge.demand')}</label>
          <textarea
            id={`${id}demand`}
            className="textarea"
            value={demand}
            required
            onChange={(event) => {
              command.current = '';
              setDemand(event.target.value);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}deadline`}>{t('urge.deadline')}</label>
          <input
            id={`${id}deadline`}
            type="date"
            className="input narrow-input"
            value={deadline}
            required
            onChange={(event) => {
              command.current = '';
              setDeadline(event.target.value);
            }}
          />
        </div>
        {issue.error ? (
          <div role="alert">
            <Notice tone="warn">{explain(issue.error)}</Notice>
          </div>
        ) : null}
        <p>
          <button type="submit" className="button-act" aria-disabled={!ready}>
            {t('urge.send')}
          </button>
        </p>
      </div>
    </form>
  );
}
