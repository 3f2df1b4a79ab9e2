import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { peopleQuery } from '../action/people.ts';
import type { RecordPage } from '../api.ts';
import { beijingTime } from '../format.ts';
import { type Speech, useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Failure, Sheet as Section, StateChip, Verdict, Waiting } from '../kit/pieces.tsx';
import { Clocks } from '../record/clocks.tsx';
import { Papers } from '../record/papers.tsx';
import { ValueView } from '../record/value-view.tsx';
import { recordQuery, useDeclarations, useEntity } from '../session.ts';
import { Checks, Content } from './content.tsx';
import { type Decision, decide, decisions } from './decide.ts';
import { differences, readSheet, type Sheet } from './sheet.ts';

const decisionKeys = {
  approved: 'opinion.approved',
  returned: 'opinion.returned',
  withdrawn: 'opinion.withdrawn',
  countersign: 'opinion.countersign',
  transferred: 'opinion.transferred',
} as const;

function decisionText(decision: string, { t }: Speech): string {
  return decision in decisionKeys ? t(decisionKeys[decision as keyof typeof decisionKeys]) : decision;
}

function Signing({ sheet, page }: { sheet: Sheet; page: RecordPage }) {
  const speech = useSpeech();
  const { t, say } = speech;
  const { roles } = useDeclarations();
  const roleName = (role: string) => (roles[role] ? say(roles[role]) : role);
  return (
    <ol className="signing">
      <li>
        <b>{t('sheet.proposed')}</b> {sheet.proposerName} <span className="soft small">{beijingTime(page.opened)}</span>
      </li>
      {sheet.opinions.map((opinion) => (
        <li key={`${opinion.at}${opinion.name}${opinion.decision}`}>
          <b>{decisionText(opinion.decision, speech)}</b> {opinion.name}{' '}
          <span className="soft">{roleName(opinion.role)}</span>{' '}
          <span className="soft small">{beijingTime(opinion.at)}</span>
          {opinion.opinion && <blockquote className="timeline-note">{opinion.opinion}</blockquote>}
        </li>
      ))}
      {!page.closed &&
        sheet.steps.slice(sheet.step).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of a sheet have no identity but their place.
          <li key={index} data-current={index === 0}>
            {index === 0 ? <b>{t('sheet.now')}</b> : <span className="soft">{t('sheet.then')}</span>}{' '}
            {roleName(step.role)}
            {step.kind === 'countersign' && <span className="soft"> {t('sheet.countersign')}</span>}
            {step.person && <Named person={step.person} />}
          </li>
        ))}
    </ol>
  );
}

/** Whom a step names, where the reader may be given the name. */
function Named({ person }: { person: string }) {
  const found = useQuery(peopleQuery({ people: person }));
  const name = found.data?.[0]?.name;
  return name ? <b> {name}</b> : null;
}

function Difference({ sheet, target }: { sheet: Sheet; target: RecordPage | undefined }) {
  const speech = useSpeech();
  const { t, say } = speech;
  const entity = useEntity(sheet.targetEntity);
  const action = entity?.actions.find((candidate) => candidate.name === sheet.targetAction);
  const rows = differences(sheet, target, entity, speech);
  const to = action?.to.map((state) => say(entity?.states[state])).join(' / ');
  return (
    <div className="table-frame">
      <table className="table difference">
        <caption className="visually-hidden">{t('sheet.changes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('sheet.today')}</th>
            <th scope="col">{t('sheet.after')}</th>
          </tr>
        </thead>
        <tbody>
          <tr data-kind="changed">
            <th scope="row">{t('column.state')}</th>
            <td>{target ? say(target.stateLabel) : '—'}</td>
            <td>{to || '—'}</td>
          </tr>
          {rows.map((row) => (
            <tr key={row.name} data-kind={row.kind}>
              <th scope="row">{row.label}</th>
              <td>
                <ValueView value={row.old} field={row.field} />
              </td>
              <td>
                <ValueView value={row.now} field={row.field} />
                {row.kind === 'same' && <span className="soft small"> {t('sheet.same')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Deciding({ page }: { page: RecordPage }) {
  const { t, say, explain } = useSpeech();
  const client = useQueryClient();
  const field = useId();
  const [opinion, setOpinion] = useState('');
  const [complaint, setComplaint] = useState('');
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decide(page, decision, opinion),
    onSuccess: (result) => {
      announce(t('done.state', { state: say(result.record.stateLabel) }));
      setOpinion('');
      return client.invalidateQueries({
        predicate: (query) => ['inbox', 'records', 'record'].includes(String(query.queryKey[0])),
      });
    },
    onError: (error) => setComplaint(explain(error)),
  });
  function press(decision: Decision): void {
    if (deciding.isPending) return;
    setComplaint('');
    if (decision === 'returnIt' && opinion.trim() === '') {
      setComplaint(t('desk.reason-needed'));
      document.getElementById(field)?.focus();
      return;
    }
    deciding.mutate(decision);
  }
  const inline = decisions
    .map((decision) => page.can.find((can) => can.action === decision))
    .filter((can) => can !== undefined);
  const others = page.can.filter((can) => !decisions.some((decision) => decision === can.action));
  if (!page.can.some((can) => can.enabled)) {
    const reason = page.can.find((can) => can.why);
    return (
      <p className="soft">{reason ? say(reason.why) : t(page.closed ? 'record.closed' : 'record.nothing-to-do')}</p>
    );
  }
  const barred = inline.filter((can) => !can.enabled);
  return (
    <div className="stack">
      {inline.some((can) => can.enabled) && (
        <div className="field">
          <label htmlFor={field}>{t('desk.opinion')}</label>
          {complaint && (
            <p className="field-error" id={`${field}-error`} role="alert">
              {complaint}
            </p>
          )}
          <textarea
            id={field}
            className="textarea desk-opinion"
            value={opinion}
            aria-invalid={complaint !== ''}
            aria-describedby={complaint ? `${field}-error` : undefined}
            onChange={(event) => setOpinion(event.target.value)}
          />
        </div>
      )}
      <div className="row">
        {inline
          .filter((can) => can.enabled)
          .map((can) => (
            <button
              key={can.action}
              type="button"
              className={can.action === 'sign' ? 'button-act' : 'button'}
              aria-disabled={deciding.isPending}
              onClick={() => press(can.action as Decision)}
            >
              {say(can.label)}
            </button>
          ))}
        {others
          .filter((can) => can.enabled)
          .map((can) => (
            <Link key={can.action} className="button" to={`/record/${page.id}/act/${can.action}`}>
              {say(can.label)}
            </Link>
          ))}
      </div>
      {barred.map((can) => (
        <p key={can.action} className="soft">
          {say(can.label)}：{say(can.why)}
        </p>
      ))}
    </div>
  );
}

/** One approval sheet: what would change, on which clause, with which papers, who has signed; and the opinion. */
export function SheetView({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const page = useQuery(recordQuery(id));
  const sheet = page.data ? readSheet(page.data) : undefined;
  const target = useQuery({ ...recordQuery(sheet?.target ?? ''), enabled: (sheet?.target ?? '') !== '' });
  const entity = useEntity(sheet?.targetEntity);
  if (page.error) return <Failure error={page.error} retry={() => void page.refetch()} />;
  if (!page.data || !sheet) return <Waiting />;
  const action = entity?.actions.find((candidate) => candidate.name === sheet.targetAction);
  const needs = action?.needs ?? [];
  const held = new Set(target.data?.documents.map((paper) => paper.kind));
  return (
    <article className="stack">
      <header className="record-head">
        <div className="row record-title">
          <h2 className="sheet-title">{page.data.title}</h2>
          <StateChip row={page.data} />
        </div>
        {target.data && (
          <p className="small dotted">
            <Link to={`/record/${target.data.id}`}>{target.data.title}</Link>
            <span>{say(target.data.entityLabel)}</span>
            {target.data.number && <span>{target.data.number}</span>}
          </p>
        )}
      </header>
      <Section title={t('sheet.decide')}>
        <div className="sheet-body">
          <Deciding page={page.data} />
        </div>
      </Section>
      <Section title={t('sheet.changes')}>
        <Difference sheet={sheet} target={target.data} />
      </Section>
      <div className="sheet-pair">
        <Section title={t('sheet.check')}>
          <div className="sheet-body stack">
            {action?.basis && <p>{t('action.basis', { basis: action.basis })}</p>}
            <Checks sheet={sheet} target={target.data} />
            <ul>
              {needs.map((kind) => (
                <li key={kind}>
                  <Verdict of="paper" ok={held.has(kind) ? true : null} /> {say(entity?.documents[kind]) || kind}
                </li>
              ))}
            </ul>
            {!action?.basis && needs.length === 0 && <p className="soft">{t('sheet.check-none')}</p>}
          </div>
          {target.data && target.data.clocks.length > 0 && <Clocks clocks={target.data.clocks} />}
        </Section>
        <Section title={t('papers')}>
          {target.data ? <Papers record={target.data} entity={entity} /> : <Waiting />}
        </Section>
      </div>
      {target.data && <Content target={target.data} />}
      <Section title={t('sheet.signing')}>
        <div className="sheet-body">
          <Signing sheet={sheet} page={page.data} />
        </div>
      </Section>
    </article>
  );
}
