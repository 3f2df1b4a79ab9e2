import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { PlanDesign } from '../api-queries.ts';
import { grouped, percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { LineChart, type Mark } from '../kit/line-chart.tsx';
import { Failure, Notice, Sheet, StateChip, Waiting } from '../kit/pieces.tsx';
import { heightAt, thinned } from '../kit/scale.ts';
import { usePageTitle } from '../kit/title.ts';
import { pageOf } from '../list/columns.tsx';
import { recordQuery, useNamedQuery } from '../session.ts';
import { faults, levels, limits, parametersOf, type Question, readQuestion } from './design.ts';
import { CampaignProgressSheet } from './progress.tsx';
import './plan.css';

function NumberBox({
  name,
  label,
  unit,
  value,
  bad,
  complaint,
  onChange,
}: {
  name: string;
  label: string;
  unit?: string;
  value: string;
  bad: boolean;
  complaint: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {bad && (
        <p className="field-error" id={`${id}-error`}>
          {complaint}
        </p>
      )}
      <span className="with-unit">
        <input
          id={id}
          name={name}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          aria-invalid={bad}
          aria-describedby={bad ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.target.value.trim())}
        />
        {unit && <span>{unit}</span>}
      </span>
    </div>
  );
}

function QuestionForm({ asked, onAsk }: { asked: Question; onAsk: (question: Question) => void }) {
  const { t } = useSpeech();
  const [question, setQuestion] = useState(asked);
  const [bad, setBad] = useState<string[]>([]);
  const set = (part: Partial<Question>) => setQuestion((now) => ({ ...now, ...part }));
  const derived = question.mode === 'derived';
  return (
    <form
      className="plan-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = faults(question);
        setBad(found);
        if (found.length === 0) onAsk(question);
      }}
    >
      <fieldset>
        <legend className="field-label">{t('plan.way')}</legend>
        <label className="tick">
          <input type="radio" name="mode" checked={!derived} onChange={() => set({ mode: 'given' })} />
          {t('plan.given')}
        </label>
        <label className="tick">
          <input
            type="radio"
            name="mode"
            checked={derived}
            onChange={() => set({ mode: 'derived', lot: question.lot || '500' })}
          />
          {t('plan.derived')}
        </label>
      </fieldset>
      <div className="field">
        <label htmlFor="plan-product">{t('plan.product')}</label>
        <input
          id="plan-product"
          className="input"
          value={question.product}
          onChange={(event) => set({ product: event.target.value })}
        />
      </div>
      <NumberBox
        name="lot"
        label={derived ? t('plan.lot') : `${t('plan.lot')} (${t('field.optional')})`}
        unit={t('plan.items')}
        value={question.lot}
        bad={bad.includes('lot')}
        complaint={t('plan.bad-lot')}
        onChange={(lot) => set({ lot })}
      />
      {derived ? (
        <>
          <div className="field">
            <label htmlFor="plan-level">{t('plan.level')}</label>
            <select
              id="plan-level"
              className="select"
              value={question.level}
              onChange={(event) => set({ level: event.target.value })}
            >
              {levels.map((level) => (
                <option key={level}>{level}</option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="plan-aql">{t('plan.aql')}</label>
            <select
              id="plan-aql"
              className="select"
              value={question.aql}
              onChange={(event) => set({ aql: event.target.value })}
            >
              {limits.map((limit) => (
                <option key={limit}>{limit}</option>
              ))}
            </select>
          </div>
        </>
      ) : (
        <>
          <NumberBox
            name="n"
            label={t('plan.n')}
            unit={t('plan.items')}
            value={question.n}
            bad={bad.includes('n')}
            complaint={t('plan.bad-n')}
            onChange={(n) => set({ n })}
          />
          <NumberBox
            name="c"
            label={t('plan.c')}
            unit={t('plan.items')}
            value={question.c}
            bad={bad.includes('c')}
            complaint={t('plan.bad-c')}
            onChange={(c) => set({ c })}
          />
        </>
      )}
      <button type="submit" className="button-primary">
        {t('plan.compute')}
      </button>
    </form>
  );
}

type Risk = PlanDesign['producerRisk'];

function riskMark(
  risk: Risk,
  points: { x: number; y: number }[],
  p: number | undefined,
  label: (p: string, risk: string) => string,
  producer: boolean,
): Mark[] {
  if (risk === null) return [];
  const at = typeof risk === 'number' ? p : risk.p;
  const size = typeof risk === 'number' ? risk : risk.risk;
  if (at === undefined) return [];
  const y = producer ? 1 - size : size;
  return [{ x: at, y: heightAt(points, at) ?? y, label: label(percent(at, 1), percent(size, 1)) }];
}

function CurveTable({ title, rows, head }: { title: string; rows: { x: number; y: number }[]; head: string }) {
  return (
    <table className="table plan-table">
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col" className="numeric">
            p
          </th>
          <th scope="col" className="numeric">
            {head}
          </th>
        </tr>
      </thead>
      <tbody>
        {thinned(rows, 11).map((row) => (
          <tr key={row.x}>
            <th scope="row" className="numeric">
              {percent(row.x, 1)}
            </th>
            <td className="numeric">{percent(row.y, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Answer({ design, question }: { design: PlanDesign; question: Question }) {
  const { t, say } = useSpeech();
  const accept = design.curve.map((point) => ({ x: point.p, y: point.accept }));
  const detect = design.power.map((point) => ({ x: point.p, y: point.detect }));
  const aql = question.mode === 'derived' ? Number(question.aql) / 100 : undefined;
  const marks = [
    ...riskMark(design.producerRisk, accept, aql, (p, risk) => t('plan.producer-risk', { p, risk }), true),
    ...riskMark(design.consumerRisk, accept, undefined, (p, risk) => t('plan.consumer-risk', { p, risk }), false),
  ];
  const about = t('plan.about', { n: design.n, c: design.acceptance });
  return (
    <div className="stack">
      <Notice tone="link">
        <p className="plan-statement">{say(design.statement)}</p>
      </Notice>
      <dl className="plan-numbers">
        <div>
          <dt>{t('plan.n')}</dt>
          <dd>
            <b>{design.n}</b> {t('plan.items')}
          </dd>
        </div>
        <div>
          <dt>Ac / Re</dt>
          <dd>
            <b>
              {design.acceptance} / {design.rejection}
            </b>
          </dd>
        </div>
        {design.codeLetter && (
          <div>
            <dt>{t('plan.letter')}</dt>
            <dd>
              <b>{design.codeLetter}</b>
            </dd>
          </div>
        )}
        {design.cost && (
          <div>
            <dt>{t('plan.cost')}</dt>
            <dd>
              <b>{grouped(design.cost.perBatch)}</b> {design.cost.currency} · {t('plan.cost-total')}{' '}
              <b>{grouped(design.cost.total)}</b> {design.cost.currency}
            </dd>
          </div>
        )}
        {design.clause && (
          <div>
            <dt>{t('plan.clause')}</dt>
            <dd>{design.clause}</dd>
          </div>
        )}
      </dl>
      <Sheet title={t('plan.curve')}>
        <div className="sheet-body plan-chart">
          <LineChart
            title={t('plan.curve.title')}
            about={about}
            points={accept}
            marks={marks}
            xLabel={t('plan.axis-p')}
            yLabel={t('plan.accept')}
            readLabel={t('plan.read')}
          />
          <CurveTable title={t('plan.curve.title')} rows={accept} head={t('plan.accept')} />
        </div>
      </Sheet>
      {detect.length > 0 && (
        <Sheet title={t('plan.power')}>
          <div className="sheet-body plan-chart">
            <LineChart
              title={t('plan.power.title')}
              about={about}
              points={detect}
              marks={[]}
              xLabel={t('plan.axis-p')}
              yLabel={t('plan.detect')}
              readLabel={t('plan.read')}
            />
            <CurveTable title={t('plan.power.title')} rows={detect} head={t('plan.detect')} />
          </div>
        </Sheet>
      )}
    </div>
  );
}

/** The plan or scheme this page was opened from, with its next step. */
function Origin({ id }: { id: string }) {
  const { say } = useSpeech();
  const record = useQuery(recordQuery(id));
  if (!record.data) return null;
  const next = record.data.can.filter((can) => can.enabled && !can.danger);
  return (
    <div className="stack">
      <div className="between">
        <p>
          <Link to={pageOf(record.data)}>{record.data.title}</Link> <StateChip row={record.data} />
        </p>
        <p className="row">
          {next.map((can) => (
            <Link key={can.action} className="button" to={`/record/${id}/act/${can.action}`}>
              {say(can.label)}
            </Link>
          ))}
        </p>
      </div>
      {record.data.entity === 'sampling.scheme' && <CampaignProgressSheet scheme={id} />}
    </div>
  );
}

/** What a plan can and cannot find: operating characteristic, power and cost, before anybody approves it. */
export function PlanPage() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('plan'));
  const [search, setSearch] = useSearchParams();
  const record = search.get('record');
  const question = readQuestion(search);
  const design = useNamedQuery<PlanDesign>(
    'sampling.plan-design',
    parametersOf(question),
    faults(question).length === 0,
  );
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('plan')}
        </h1>
        <p className="soft">{t('plan.lead')}</p>
      </div>
      {record && <Origin id={record} />}
      <div className="plan-columns">
        <QuestionForm asked={question} onAsk={(asked) => setSearch({ ...asked, ...(record ? { record } : {}) })} />
        {design.error ? <Failure error={design.error} retry={() => void design.refetch()} /> : null}
        {design.isPending && !design.error && <Waiting />}
        {design.data && <Answer design={design.data} question={question} />}
      </div>
    </main>
  );
}
