import type { RecordPage } from '../api.ts';
import type { PlanDesign } from '../api-queries.ts';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Failure, Sheet as Section, Verdict, Waiting } from '../kit/pieces.tsx';
import { Answer } from '../plan/answer.tsx';
import { faults, parametersOf, questionOf } from '../plan/design.ts';
import { Facts } from '../record/facts.tsx';
import { NearRecords, nearOf } from '../record/near.tsx';
import { Changes } from '../record/timeline.tsx';
import { useEntity, useNamedQuery } from '../session.ts';
import { checksOf } from './checks.ts';
import type { Sheet } from './sheet.ts';
import '../plan/plan.css';

/** What the law asks to be looked at, with the answer where the record gives one. */
export function Checks({ sheet, target }: { sheet: Sheet; target: RecordPage | undefined }) {
  const speech = useSpeech();
  const checks = checksOf(sheet, target, speech);
  if (checks.length === 0) return null;
  return (
    <ul className="sheet-checks">
      {checks.map((check) => (
        <li key={check.name}>
          {check.ok === null ? <span className="verdict">{speech.t('check.judge')}</span> : <Verdict ok={check.ok} />}{' '}
          {check.text} {check.detail && <span className="soft small">{check.detail}</span>}
        </li>
      ))}
    </ul>
  );
}

/** What was changed on the record since a sheet of it was last sent back. */
function SinceReturn({ target }: { target: RecordPage }) {
  const { t, say } = useSpeech();
  const entity = useEntity(target.entity);
  const returned = target.related
    .filter((row) => row.entity === 'kernel.approval' && row.state === 'returned' && row.closedAt !== null)
    .map((row) => row.closedAt ?? '')
    .sort()
    .at(-1);
  if (returned === undefined) return null;
  const since = target.timeline.filter((entry) => entry.recordedAt > returned && entry.changes.length > 0);
  return (
    <Section title={t('sheet.since-return', { at: beijingTime(returned) })}>
      <div className="sheet-body stack">
        {since.length === 0 && <p className="soft">{t('sheet.since-return.none')}</p>}
        {since.map((entry) => (
          <div key={entry.id}>
            <p>
              <b>{say(entry.label)}</b> {entry.actor.name}{' '}
              <span className="soft small">{beijingTime(entry.occurredAt)}</span>
            </p>
            <Changes changes={entry.changes} entity={entity} />
          </div>
        ))}
      </div>
    </Section>
  );
}

/** The operating characteristic, risks and cost of a scheme that waits for its signature. */
function SchemeDesign({ target }: { target: RecordPage }) {
  const question = questionOf(target.fields);
  const design = useNamedQuery<PlanDesign>(
    'sampling.plan-design',
    parametersOf(question),
    faults(question).length === 0,
  );
  if (design.error) return <Failure error={design.error} retry={() => void design.refetch()} />;
  return design.data ? <Answer design={design.data} /> : <Waiting />;
}

/** The matter itself: the record as it stands, what was changed since it came back, and what a scheme's sample can tell. */
export function Content({ target }: { target: RecordPage }) {
  const { t } = useSpeech();
  const entity = useEntity(target.entity);
  return (
    <>
      <SinceReturn target={target} />
      {target.entity === 'sampling.scheme' && <SchemeDesign target={target} />}
      <Section title={t('sheet.content')}>
        <div className="sheet-body">
          <NearRecords value={nearOf(target)}>
            <Facts fields={target.fields} entity={entity} />
          </NearRecords>
        </div>
      </Section>
    </>
  );
}
