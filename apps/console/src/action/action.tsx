import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import type { CanView, EntityView, RecordPage } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Waiting } from '../kit/pieces.tsx';
import { pageOf } from '../list/columns.tsx';
import { recordQuery, useEntity } from '../session.ts';
import { ActionForm } from './action-form.tsx';
import { findDraft } from './draft.ts';
import type { Task } from './task.ts';
import './action.css';

function useDraft(key: string, enabled: boolean) {
  return useQuery({
    queryKey: ['draft', key],
    queryFn: async ({ signal }) => (await findDraft(key, signal)) ?? null,
    enabled,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Frame({ children }: { children: React.ReactNode }) {
  return (
    <main className="main" id="main">
      {children}
    </main>
  );
}

/** Why it is not possible now, who could, and what is possible instead. */
function NotNow({ action, can, record }: { action: string; can: CanView | undefined; record: RecordPage | undefined }) {
  const { t, say } = useSpeech();
  const others = record?.can.filter((other) => other.enabled) ?? [];
  return (
    <Frame>
      <Empty page title={t('action.not-now', { action: can ? say(can.label) : action })}>
        <p>{can?.why ? say(can.why) : t('action.not-offered')}</p>
        {can && can.who.length > 0 && <p>{t('action.who', { who: can.who.map(say).join(t('separator')) })}</p>}
        {record && (
          <>
            {others.length > 0 && <p>{t('action.instead')}</p>}
            <p className="row">
              {others.map((other) => (
                <Link key={other.action} className="button" to={`/record/${record.id}/act/${other.action}`}>
                  {say(other.label)}
                </Link>
              ))}
              <Link className="button-plain" to={pageOf(record)}>
                {t('taken.open')}
              </Link>
            </p>
          </>
        )}
      </Empty>
    </Frame>
  );
}

/** What the form needs to know, from the record's own `can` and the declaration of its kind. */
function taskFrom(can: CanView, entityName: string, entity: EntityView | undefined): Task {
  const declared = entity?.actions.find((action) => action.name === can.action);
  return {
    entityName,
    action: can.action,
    label: can.label,
    basis: declared?.basis ?? '',
    // The declaration's fields carry the shared choices: offices, posts.
    input: declared?.input ?? can.input,
    needs: can.needs.map((need) => ({ ...need, written: declared?.papers.includes(need.kind) ?? false })),
    approval: can.approval,
    danger: can.danger,
  };
}

/** An action on a record that exists. */
export function ActionPage() {
  const { id = '', action = '' } = useParams();
  const record = useQuery({ ...recordQuery(id), refetchOnWindowFocus: false });
  const entity = useEntity(record.data?.entity);
  const key = `${record.data?.entity ?? ''}/${action}/${id}`;
  const draft = useDraft(key, record.isSuccess);
  if (record.error) {
    return (
      <Frame>
        <Failure page error={record.error} retry={() => void record.refetch()} />
      </Frame>
    );
  }
  if (!record.data || draft.data === undefined) return <Frame>{<Waiting />}</Frame>;
  const can = record.data.can.find((candidate) => candidate.action === action);
  if (!can?.enabled) return <NotNow action={action} can={can} record={record.data} />;
  return (
    <ActionForm
      key={key}
      task={taskFrom(can, record.data.entity, entity)}
      entity={entity}
      record={record.data}
      draftKey={key}
      kept={draft.data}
    />
  );
}

/** An action that brings a record into being. The address may carry values, and the record that it comes from. */
export function CreatePage() {
  const { entity: name = '', action: actionName = '' } = useParams();
  const [search] = useSearchParams();
  const entity = useEntity(name);
  const action = entity?.actions.find((candidate) => candidate.name === actionName && candidate.from.length === 0);
  const parent = search.get('parent') ?? '';
  const key = `${name}/${actionName}/${parent || 'new'}`;
  const draft = useDraft(key, action !== undefined);
  if (!entity || !action?.mine)
    return <NotNow action={action?.label.zh ?? actionName} can={undefined} record={undefined} />;
  if (draft.data === undefined) return <Frame>{<Waiting />}</Frame>;
  const label = (kind: string) => entity.documents[kind] ?? { zh: kind, en: kind };
  const task: Task = {
    entityName: name,
    action: action.name,
    label: action.label,
    basis: action.basis,
    input: action.input,
    needs: action.needs.map((kind) => ({
      kind,
      label: label(kind),
      held: false,
      written: action.papers.includes(kind),
    })),
    approval: action.approval,
    danger: action.danger,
    ...(parent ? { parent } : {}),
  };
  return (
    <ActionForm
      key={key}
      task={task}
      entity={entity}
      record={undefined}
      given={Object.fromEntries(search)}
      draftKey={key}
      kept={draft.data}
    />
  );
}
