import { useState } from 'react';
import type { CommandDocument, Label, Upload } from '../api.ts';
import { fileSize } from '../format.ts';
import { upload } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Verdict } from '../kit/pieces.tsx';
import { type FormError, fieldId } from './form.ts';

export type NeedAnswer = { generate: true } | { upload: Upload };
export type Need = { kind: string; label: Label; held: boolean };

/** The papers of a command as the server wants them. */
export function commandDocuments(answers: Record<string, NeedAnswer>): CommandDocument[] {
  return Object.entries(answers).map(([kind, answer]) =>
    'generate' in answer ? { kind, generate: true } : { kind, upload: answer.upload.id },
  );
}

function NeedRow({
  need,
  answer,
  onChange,
  error,
}: {
  need: Need;
  answer: NeedAnswer | undefined;
  onChange: (answer: NeedAnswer | undefined) => void;
  error: FormError | undefined;
}) {
  const { t, say, explain } = useSpeech();
  const [state, setState] = useState('');
  const id = fieldId(`documents.${need.kind}`);
  const uploaded = answer && 'upload' in answer ? answer.upload : undefined;
  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setState(t('upload.running'));
    try {
      onChange({ upload: await upload<Upload>('/api/uploads', file) });
      setState('');
    } catch (problem) {
      setState(explain(problem));
    }
  }
  return (
    <li className="need">
      <Verdict of="paper" ok={need.held || answer !== undefined ? true : null} />
      <div className="stack need-body">
        <p>
          <b>{say(need.label)}</b> {need.held && <span className="soft">{t('need.held')}</span>}
        </p>
        {error && <p className="field-error">{error.text}</p>}
        <div className="row">
          <label className="tick">
            <input
              type="checkbox"
              checked={answer !== undefined && 'generate' in answer}
              onChange={(event) => onChange(event.target.checked ? { generate: true } : undefined)}
            />
            {t('need.generate')}
          </label>
          <label htmlFor={id}>{t(need.held ? 'need.replace' : 'need.upload')}</label>
          <input id={id} type="file" onChange={(event) => void take(event.target.files?.[0])} />
        </div>
        <p className="small soft" role="status">
          {state || (uploaded ? `${uploaded.name} · ${fileSize(uploaded.size)}` : '')}
        </p>
      </div>
    </li>
  );
}

/** Papers the action asks for: held already, written by the platform, or uploaded. */
export function Needs({
  needs,
  answers,
  onChange,
  errors,
}: {
  needs: Need[];
  answers: Record<string, NeedAnswer>;
  onChange: (answers: Record<string, NeedAnswer>) => void;
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
