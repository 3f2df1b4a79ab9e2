import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { CanView } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Waiting } from '../kit/pieces.tsx';
import { recordQuery, useEntity } from '../session.ts';
import { ActionForm } from './action-form.tsx';
import { findDraft } from './draft.ts';
import './action.css';

function draftKey(entity: string, action: string, record: string | undefined): string {
  return `${entity}/${action}/${record ?? 'new'}`;
}

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

/** An action on a record that exists. */
export function ActionPage() {
  const { t, say } = useSpeech();
  const { id = '', action = '' } = useParams();
  const record = useQuery({ ...recordQuery(id), refetchOnWindowFocus: false });
  const entity = useEntity(record.data?.entity);
  const key = draftKey(record.data?.entity ?? '', action, id);
  const draft = useDraft(key, record.isSuccess);
  if (record.error) return <Frame>{<Failure page error={record.error} retry={() => void record.refetch()} />}</Frame>;
  if (!record.data || draft.data === undefined) return <Frame>{<Waiting />}</Frame>;
  const can = record.data.can.find((candidate) => candidate.action === action);
  if (!can?.enabled) {
    return (
      <Frame>
        <Empty page title={t('action.not-now', { action: can ? say(can.label) : action })}>
          <p>{can?.why ? say(can.why) : t('action.not-offered')}</p>
          {can && can.who.length > 0 && <p>{t('action.who', { who: can.who.map(say).join(t('separator')) })}</p>}
        </Empty>
      </Frame>
    );
  }
  return (
    <ActionForm
      key={key}
      entityName={record.data.entity}
      entity={entity}
      can={can}
      record={record.data}
      draftKey={key}
      kept={draft.data}
    />
  );
}

/** An action that brings a record into being. */
export function CreatePage() {
  const { t } = useSpeech();
  const { entity: name = '', action: actionName = '' } = useParams();
  const entity = useEntity(name);
  const action = entity?.actions.find((candidate) => candidate.name === actionName && candidate.from.length === 0);
  const key = draftKey(name, actionName, undefined);
  const draft = useDraft(key, action !== undefined);
  if (!entity || !action) {
    return (
      <Frame>
        <Empty page title={t('action.not-now', { action: actionName })}>
          <p>{t('action.not-offered')}</p>
        </Empty>
      </Frame>
    );
  }
  if (draft.data === undefined) return <Frame>{<Waiting />}</Frame>;
  const can: CanView = {
    action: action.name,
    label: action.label,
    enabled: true,
    why: null,
    who: [],
    input: action.input,
    needs: action.needs.map((kind) => ({ kind, label: entity.documents[kind] ?? { zh: kind, en: kind }, held: false })),
    approval: action.approval?.by ?? null,
    danger: action.danger ?? false,
  };
  return (
    <ActionForm
      key={key}
      entityName={name}
      entity={entity}
      can={can}
      record={undefined}
      draftKey={key}
      kept={draft.data}
    />
  );
}
