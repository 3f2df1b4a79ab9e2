import { useState } from 'react';
import { corrected, dayInChina, lastComparison, minuteInChina } from '../clock.ts';
import { checklistGaps } from '../inspect/answers.ts';
import { EnterForm } from '../inspect/enter-form.tsx';
import { RecordForm } from '../inspect/record-form.tsx';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import { queue } from '../outbox/queue.ts';
import { sentenceOf, sync } from '../outbox/sync.ts';
import { go } from '../route.ts';
import type { ActionForm, Day, Draft, Refusal, Task } from '../shapes.ts';
import { SheetForm } from '../sheet/sheet-form.tsx';
import { signaturesOf } from '../sheet/signatures.ts';
import { barsOf, findGaps, toInput } from '../sheet/values.ts';
import { readDay, store } from '../store.ts';
import { possibleIn, stateAhead } from '../tasks/state.ts';
import { PlainForm } from './plain-form.tsx';
import { UnsampledForm } from './unsampled-form.tsx';
import { useDraft } from './use-draft.ts';

/** Something that stands between the form and the outbox, and where. */
export type Gap = { path: string; text: string };

export type FormProperties = {
  task: Task;
  form: ActionForm;
  day: Day;
  draft: Draft;
  gaps: Gap[];
  change: (values: Draft['values'], seals?: string[]) => void;
  /** After a piece was captured: the draft as it is on the disk. */
  captured: (draft: Draft) => void;
  flush: () => Promise<void>;
  refuse: (problem: Refusal) => void;
};

export function ActPage({ id, action }: { id: string; action: string }) {
  const { t, say, language } = useSpeech();
  const [gaps, setGaps] = useState<Gap[]>([]);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const held = useStored(async () => {
    const opened = await store();
    const clock = await lastComparison();
    const today = dayInChina(corrected(new Date().toISOString(), clock));
    return { day: await readDay(), task: await opened.get('tasks', id), outbox: await opened.getAll('outbox'), today };
  }, [id]);
  const { draft, change, flush, captured, full } = useDraft(held?.task, action);
  if (held?.day === undefined) return null;
  const { day, task, outbox, today } = held;
  const form = day.actions.find(({ name, entity }) => name === action && entity === task?.entity);
  if (task === undefined || form === undefined) return <p className="notice">{t('task.gone')}</p>;
  if (outbox.some((entry) => entry.task === id && entry.action === action))
    return (
      <div className="stack">
        <h1>{say(form.label)}</h1>
        <p className="notice" data-tone="good" role="status">
          {t('sheet.finished')}
        </p>
        {action === 'sample' && (
          <button type="button" className="button" onClick={() => go(`print/${id}`)}>
            {t('sheet.print')}
          </button>
        )}
        <button type="button" className="button" onClick={() => go(`task/${id}`)}>
          {t('back')}
        </button>
      </div>
    );
  const possible = possibleIn(stateAhead(task, outbox, day.actions), task, outbox, day.actions);
  if (!possible.some(({ name }) => name === action)) return <p className="notice">{t('task.nothing')}</p>;
  if (draft === undefined) return <p>…</p>;

  const finish = async (): Promise<void> => {
    setProblem(null);
    await flush();
    const input = toInput(form.input, draft.values);
    const found = gapsOf(task, form, draft, input, today, { t, say, language });
    setGaps(found);
    if (found.length > 0) {
      scrollTo(0, 0);
      return;
    }
    try {
      await queue(task, form, draft, input);
      scrollTo(0, 0);
      if (navigator.onLine) void sync();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const properties: FormProperties = {
    task,
    form,
    day,
    draft,
    gaps,
    change,
    captured,
    flush,
    refuse: setProblem,
  };
  return (
    <div className="stack">
      <p className="soft">
        <a
          href={`/field/task/${id}`}
          onClick={(event) => {
            event.preventDefault();
            go(`task/${id}`);
          }}
        >
          ← {task.title}
        </a>
      </p>
      <h1>{say(form.label)}</h1>
      <p className="soft" role="status">
        {t('draft.kept', { time: minuteInChina(draft.changedAt).slice(11) })}
      </p>
      {(full || problem !== null) && (
        <p className="notice" data-tone="act" role="alert">
          {problem === null || problem.code === 'device-full' ? t('full') : problem[language]}
        </p>
      )}
      {gaps.length > 0 && (
        <div className="notice" data-tone="act" role="alert">
          <p>{t('sheet.gaps', { n: gaps.length })}</p>
          <ul className="plain">
            {gaps.map(({ path, text }) => (
              <li key={`${path} ${text}`}>
                <a href={`#field-${path}`}>{text}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {action === 'sample' ? (
        <SheetForm {...properties} />
      ) : action === 'notSampled' ? (
        <UnsampledForm {...properties} />
      ) : action === 'enter' ? (
        <EnterForm {...properties} />
      ) : action === 'record' ? (
        <RecordForm {...properties} />
      ) : (
        <PlainForm {...properties} />
      )}
      <button type="button" className="button act" onClick={() => void finish()}>
        {t('sheet.finish')}
      </button>
    </div>
  );
}

type Speech = Pick<ReturnType<typeof useSpeech>, 't' | 'say' | 'language'>;

/** All that is missing, wrong or barred, before the form goes into the outbox. */
function gapsOf(
  task: Task,
  form: ActionForm,
  draft: Draft,
  input: Draft['values'],
  today: string,
  { t, say, language }: Speech,
): Gap[] {
  const gaps: Gap[] = findGaps(form.input, draft.values).map(({ path, field, missing }) => ({
    path,
    text: `${say(field.label)}：${missing ? t('sheet.missing') : t('sheet.wrong')}`,
  }));
  const taken = new Set(draft.chain.links.map(({ piece }) => piece.kind));
  const issued = new Set<string>([...task.papers.map(({ kind }) => kind), ...form.papers, 'samplingNotice', 'sheet']);
  for (const kind of form.needs)
    if (!taken.has(kind) && !issued.has(kind))
      gaps.push({ path: `piece-${kind}`, text: `${t('sheet.photos')}：${t('sheet.photo.need')}` });
  if (form.name === 'sample') {
    gaps.push(...barsOf(task, input, today).map((bar) => ({ path: bar.path, text: bar[language] })));
    gaps.push(...sealGaps(draft, input, language), ...signatureGaps(task, draft, input, { t, say, language }));
  }
  if (form.name === 'record')
    gaps.push(...checklistGaps(task, draft, today, t), ...signatureGaps(task, draft, input, { t, say, language }));
  if (form.name === 'notSampled' && input.unsampledReason === 'refused' && !input.instantReport)
    gaps.push({ path: 'instantReport', text: t('unsampled.report') });
  return gaps;
}

function sealGaps(draft: Draft, input: Draft['values'], language: 'zh' | 'en'): Gap[] {
  const written: readonly string[] = String(input.seal ?? '').match(/[0-9A-Za-z-]+/g) ?? [];
  return draft.seals
    .filter((number) => !written.includes(number))
    .map((number) => ({
      path: 'seal',
      text:
        language === 'zh'
          ? `扫到的封条 ${number} 不在封样记录中，请核对封条或者单子。`
          : `Seal ${number} was read but is not on the sheet; look at the seal or the sheet.`,
    }));
}

function signatureGaps(task: Task, draft: Draft, input: Draft['values'], { t }: Speech): Gap[] {
  const { missing } = signaturesOf(task, draft, input);
  return missing.map(({ name, stale }) => ({
    path: 'signatures',
    text: `${name ?? t('sheet.sign.firm')}：${stale ? t('sheet.sign.stale') : t('sheet.sign.missing')}`,
  }));
}
