import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useBlocker, useNavigate } from 'react-router';
import type { Command, CommandResult, EntityView, PreviewResult, RecordPage } from '../api.ts';
import { Problem, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Notice, StateChip } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { pageOf } from '../list/columns.tsx';
import type { DoneState } from '../record/done.tsx';
import { plainValue } from '../record/value.ts';
import { Conflict } from './conflict.tsx';
import { type Draft, freshDraft, useDraftSaving } from './draft.ts';
import { ErrorSummary } from './error-summary.tsx';
import { Fields } from './fields.tsx';
import { complaints, type FormError, prefilled, serverErrors, toInput, type Values } from './form.ts';
import { commandDocuments, Needs } from './needs.tsx';
import { RecordAside } from './record-aside.tsx';
import { FormScope } from './scope.tsx';
import type { Task } from './task.ts';

const nothing: Record<string, unknown> = {};

type Properties = {
  task: Task;
  entity: EntityView | undefined;
  record: RecordPage | undefined;
  /** Values that the address brings along for a new record. */
  given?: Record<string, string>;
  draftKey: string;
  kept: Draft | null;
};

function DraftLine({ state, savedAt }: { state: 'none' | 'saving' | 'saved' | 'failed'; savedAt: string }) {
  const { t } = useSpeech();
  if (state === 'none') return null;
  return (
    <p className="small soft" role="status">
      {t(`draft.${state}`, { at: savedAt })}
    </p>
  );
}

/** Fields, papers, time and remark of one action; drafts save themselves and nothing typed is ever lost. */
export function ActionForm({ task, entity, record, given, draftKey, kept }: Properties) {
  const speech = useSpeech();
  const { t, say, language, explain } = speech;
  const navigate = useNavigate();
  const client = useQueryClient();
  const heading = usePageTitle(`${say(task.label)}${record ? ` · ${record.title}` : ''}`);
  const fresh = () => freshDraft(prefilled(task.input, record?.fields ?? given ?? {}));
  const [draft, setDraft] = useState<Draft>(() => kept ?? fresh());
  const [touched, setTouched] = useState(false);
  const [version, setVersion] = useState(record?.version);
  const [before] = useState(record);
  const [conflict, setConflict] = useState<RecordPage | null>(null);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [sentence, setSentence] = useState('');
  const [sure, setSure] = useState(false);
  const [taken, setTaken] = useState(false);
  // What the address already names by its identifier is not asked again.
  // What the form comes from is known by the address; a letter that stands alone is about no record.
  const shown = task.input.filter(
    (field) => !(field.type === 'identifier' && (given?.[field.name] || field.name === 'about')),
  );
  const saving = useDraftSaving(draftKey, draft, touched);
  const url = `/api/actions/${task.entityName}/${task.action}`;

  function change(part: Partial<Draft>): void {
    setDraft((now) => ({ ...now, ...part }));
    setTouched(true);
  }

  /** What was complained of is gone from a field once it is written again. */
  function changeValues(values: Values): void {
    const untouched = (path: string) => values[path.split('.')[0] ?? ''] === draft.values[path.split('.')[0] ?? ''];
    setErrors(errors.filter((error) => untouched(error.path)));
    change({ values });
  }

  function command(): Command {
    const made: Command = { id: draft.id, input: toInput(task.input, draft.values) };
    if (record) made.record = record.id;
    if (version !== undefined) made.version = version;
    if (task.parent) made.parent = task.parent;
    if (draft.occurredAt) made.occurredAt = `${draft.occurredAt}:00+08:00`;
    const documents = commandDocuments(draft.papers);
    if (documents.length > 0) made.documents = documents;
    if (draft.note.trim() !== '') made.note = draft.note.trim();
    return made;
  }

  function check(): boolean {
    const found = complaints(task.input, draft.values).map(({ path, what, field }) => ({
      path,
      text: t(`complaint.${what}`, { field: say(field.label) }),
    }));
    if (task.danger && !sure) found.push({ path: 'sure', text: t('complaint.sure') });
    setErrors(found);
    setSentence('');
    return found.length === 0;
  }

  function refused(error: unknown): void {
    setErrors(error instanceof Problem ? serverErrors(error.errors, language) : []);
    setSentence(explain(error));
    if (!(error instanceof Problem)) return;
    setTaken(error.code === 'already-different');
    if (error.code === 'version-conflict' && error.current) setConflict(error.current);
  }

  const submit = useMutation({
    mutationFn: () => request<CommandResult>(url, { method: 'POST', body: command() }),
    onSuccess: async (result) => {
      await saving.discard();
      void client.invalidateQueries({
        predicate: (query) => !['me', 'declarations'].includes(String(query.queryKey[0])),
      });
      navigate(pageOf(result.record), {
        replace: true,
        state: { done: { ...result, label: task.label } satisfies DoneState },
      });
    },
    onError: refused,
  });
  const preview = useMutation({
    mutationFn: () => request<PreviewResult>(`${url}/preview`, { method: 'POST', body: command() }),
    onSuccess: () => {
      setErrors([]);
      setSentence('');
      announce(t('preview.allowed'));
    },
    onError: refused,
  });

  const leaving = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && saving.unsaved(),
  );
  const { unsaved } = saving;
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (unsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  const failed = sentence !== '' || errors.length > 0;
  const previewRows = Object.entries(preview.data?.preview ?? {});

  return (
    <main className="main action" id="main" data-aside={record !== undefined}>
      <header className="record-head">
        <p className="small soft dotted">
          {entity && <Link to={`/list/${entity.name}`}>{say(entity.label)}</Link>}
          {record && <Link to={pageOf(record)}>{record.title}</Link>}
          {record?.number && <span>{record.number}</span>}
        </p>
        <div className="row record-title">
          <h1 ref={heading} tabIndex={-1}>
            {say(task.label)}
          </h1>
          {record && <StateChip row={record} />}
        </div>
        {task.basis && <p className="small soft">{t('action.basis', { basis: task.basis })}</p>}
      </header>

      {leaving.state === 'blocked' && (
        <div role="alert">
          <Notice tone="warn">
            <p>{t('leave.text')}</p>
            <p className="row">
              <button type="button" className="button" onClick={() => void saving.save().then(() => leaving.proceed())}>
                {t('leave.save')}
              </button>
              <button type="button" className="button" onClick={() => leaving.proceed()}>
                {t('leave.without')}
              </button>
              <button type="button" className="button-plain" onClick={() => leaving.reset()}>
                {t('leave.stay')}
              </button>
            </p>
          </Notice>
        </div>
      )}
      {kept && !touched && !failed && (
        <Notice tone="link">
          {t('draft.restored')}{' '}
          <button type="button" className="button-plain" onClick={() => change(fresh())}>
            {t('draft.start-over')}
          </button>
        </Notice>
      )}
      {conflict && before ? (
        <Conflict
          before={before}
          current={conflict}
          entity={entity}
          onContinue={() => {
            setVersion(conflict.version);
            setConflict(null);
            setSentence('');
          }}
          onLeave={() => navigate(pageOf(conflict))}
        />
      ) : (
        failed && <ErrorSummary sentence={sentence} errors={errors} />
      )}
      {taken && (
        <Notice tone="warn">
          <p>{t('taken.text')}</p>
          <p className="row">
            {record && <Link to={pageOf(record)}>{t('taken.open')}</Link>}
            <button
              type="button"
              className="button"
              onClick={() => {
                change({ id: crypto.randomUUID() });
                setTaken(false);
                setSentence('');
              }}
            >
              {t('taken.again')}
            </button>
          </p>
        </Notice>
      )}

      <form
        className="action-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!submit.isPending && check()) submit.mutate();
        }}
      >
        {task.input.length === 0 && task.needs.length === 0 && <p>{t('action.no-input')}</p>}
        <FormScope
          value={{
            entity: task.entityName,
            action: task.action,
            values: draft.values,
            known: record?.fields ?? nothing,
          }}
        >
          <Fields fields={shown} prefix="" values={draft.values} onChange={changeValues} errors={errors} />
        </FormScope>
        <Needs needs={task.needs} answers={draft.papers} onChange={(papers) => change({ papers })} errors={errors} />
        <details className="field" open={draft.occurredAt !== '' || draft.note !== ''}>
          <summary>{t('action.when-and-note')}</summary>
          <div className="stack action-more">
            <label className="field">
              <span className="field-label">{t('action.occurred')}</span>
              <span className="small soft">{t('action.occurred.help')}</span>
              <input
                type="datetime-local"
                className="input narrow-input"
                value={draft.occurredAt}
                onChange={(event) => change({ occurredAt: event.target.value })}
              />
            </label>
            <label className="field">
              <span className="field-label">{t('action.note')}</span>
              <textarea
                className="textarea"
                value={draft.note}
                onChange={(event) => change({ note: event.target.value })}
              />
            </label>
          </div>
        </details>
        {task.approval && (
          <Notice>{t('action.approval.text', { by: task.approval.map(say).join(t('separator')) })}</Notice>
        )}
        {task.danger && (
          <label className="tick">
            <input id="field-sure" type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
            {t('action.sure', { action: say(task.label) })}
          </label>
        )}
        {preview.isSuccess && !failed && (
          <Notice tone="good">
            <p>{t('preview.allowed')}</p>
            {previewRows.length > 0 && (
              <dl className="facts">
                {previewRows.map(([name, value]) => {
                  const field = entity?.fields.find((candidate) => candidate.name === name);
                  return (
                    <div className="facts-pair" key={name}>
                      <dt>{field ? say(field.label) : name}</dt>
                      <dd>{plainValue(value, field, speech)}</dd>
                    </div>
                  );
                })}
              </dl>
            )}
          </Notice>
        )}
        <div className="action-foot">
          <button type="submit" className="button-primary" aria-disabled={submit.isPending}>
            {submit.isPending ? t('action.running') : say(task.label)}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => check() && preview.mutate()}
            aria-disabled={preview.isPending}
          >
            {t('preview')}
          </button>
          <Link className="button-plain" to={record ? pageOf(record) : `/list/${task.entityName}`}>
            {t('cancel')}
          </Link>
          <DraftLine state={saving.state} savedAt={saving.savedAt} />
        </div>
      </form>
      {record && <RecordAside record={record} entity={entity} />}
    </main>
  );
}
