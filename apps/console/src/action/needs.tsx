import { useState } from 'react';
import type { CommandDocument, Label, Upload } from '../api.ts';
import { fileSize } from '../format.ts';
import { upload } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Verdict } from '../kit/pieces.tsx';
import { type FormError, fieldId } from './form.ts';

/** `written`: the platform writes this paper when the action is taken. */
export type Need = { kind: string; label: Label; held: boolean; written: boolean };

/** The papers of a command as the server wants them. */
export function commandDocuments(answers: Record<string, Upload>): CommandDocument[] {
  return Object.entries(answers).map(([kind, { id }]) => ({ kind, upload: id }));
}

function NeedRow({
  need,
  answer,
  onChange,
  error,
}: {
  need: Need;
  answer: Upload | undefined;
  onChange: (answer: Upload | undefined) => void;
  error: FormError | undefined;
}) {
  const { t, say, explain } = useSpeech();
  const [state, setState] = useState('');
  const id = fieldId(`documents.${need.kind}`);
  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setState(t('upload.running'));
    try {
      onChange(await upload<Upload>('/api/uploads', file));
      setState('');
    } catch (problem) {
      setState(explain(problem));
    }
  }
  return (
    <li className="need">
      <Verdict of="paper" ok={need.held || need.written || answer !== undefined ? true : null} />
      <div className="stack need-body">
        <p>
          <b>{say(need.label)}</b>{' '}
          {(need.held || need.written) && (
            <span className="soft">{t(need.written ? 'need.written' : 'need.held')}</span>
          )}
        </p>
        {error && <p className="field-error">{error.text}</p>}
        <div className="row">
          <label htmlFor={id}>{t(need.held ? 'need.replace' : 'need.upload')}</label>
          <input id={id} type="file" onChange={(event) => void take(event.target.files?.[0])} />
        </div>
        <p className="small soft" role="status">
          {state || (answer ? `${answer.name} · ${fileSize(answer.size)}` : '')}
        </p>
      </div>
    </li>
  );
}

/** Papers the action asks for: held already, written by the platform on the way, or uploaded. */
export function Needs({
  needs,
  answers,
  onChange,
  errors,
}: {
  needs: Need[];
  answers: Record<string, Upload>;
  onChange: (answers: Record<string, Upload>) => void;
  errors: FormError[];
}) {
  const { t } = useSpeech();
  if (needs.length === 0) return null;
  return (
    <fieldset className="field field-wide">
      <legend>{t('needs')}</legend>
      <ul>
        {needs.map((need) => (
          <NeedRow
            key={need.kind}
            need={need}
            answer={answers[need.kind]}
            error={errors.find((error) => error.path === `documents.${need.kind}`)}
            onChange={(answer) => {
              const { [need.kind]: _gone, ...others } = answers;
              onChange(answer ? { ...others, [need.kind]: answer } : others);
            }}
          />
        ))}
      </ul>
    </fieldset>
  );
}
