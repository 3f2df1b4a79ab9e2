import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import { go } from '../route.ts';
import type { Paper, Task } from '../shapes.ts';
import { readDay, store } from '../store.ts';
import { peopleOf, possibleIn, stateAhead } from './state.ts';

export function TaskPage({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const held = useStored(async () => {
    const opened = await store();
    return {
      day: await readDay(),
      task: await opened.get('tasks', id),
      drafts: await opened.getAllFromIndex('drafts', 'task', id),
      outbox: await opened.getAll('outbox'),
    };
  }, [id]);
  if (held?.day === undefined) return null;
  const { day, task, drafts, outbox } = held;
  if (task === undefined) return <p className="notice">{t('task.gone')}</p>;
  const state = stateAhead(task, outbox, day.actions);
  const possible = possibleIn(state, task, outbox, day.actions);
  const [first, ...others] = possible;
  return (
    <article className="stack">
      <h1>{task.title}</h1>
      <p className="soft">
        {task.number} · <span className="state">{say(day.states[task.entity]?.[state])}</span>{' '}
        {state !== task.state && <b className="mark">{t('tasks.queued')}</b>}
      </p>
      {first === undefined && <p className="notice">{t('task.nothing')}</p>}
      {first !== undefined && (
        <button type="button" className="button act" onClick={() => go(`task/${id}/${first.name}`)}>
          {say(first.label)}
          {drafts.some(({ action }) => action === first.name) && ` · ${t('tasks.draft')}`}
        </button>
      )}
      {others.length > 0 && (
        <section className="stack" aria-label={t('task.other')}>
          {others.map((form) => (
            <button
              key={form.name}
              type="button"
              className={form.danger ? 'button danger' : 'button'}
              onClick={() => go(`task/${id}/${form.name}`)}
            >
              {say(form.label)}
              {drafts.some(({ action }) => action === form.name) && ` · ${t('tasks.draft')}`}
            </button>
          ))}
        </section>
      )}
      {task.entity === 'inspections.visit' ? <Inspection task={task} /> : <Sampling task={task} />}
      <Firm task={task} />
      <section className="stack">
        <h2>{t('task.papers')}</h2>
        <p className="soft">{t(task.entity === 'inspections.visit' ? 'task.papers.inspection' : 'task.papers.lead')}</p>
        {task.papers.map((paper) => (
          <PaperView key={paper.sha256} paper={paper} />
        ))}
      </section>
    </article>
  );
}

function Sampling({ task }: { task: Task }) {
  const { t } = useSpeech();
  const { testSample, spareSample, minimumStock, sampleUnit } = task.fields as Record<string, string | number>;
  const items = (task.fields.items as { item: string; limit?: string; unit?: string }[] | undefined) ?? [];
  return (
    <section className="stack">
      <h2>{t('task.asks')}</h2>
      <p>{t('task.asks.line', { test: testSample ?? 0, spare: spareSample ?? 0, unit: sampleUnit ?? '' })}</p>
      {minimumStock !== undefined && minimumStock !== null && (
        <p>{t('task.asks.stock', { least: minimumStock, unit: sampleUnit ?? '' })}</p>
      )}
      <details>
        <summary>{t('task.items', { n: items.length })}</summary>
        <ul className="plain">
          {items.map(({ item, limit, unit }) => (
            <li key={item}>
              {item} <span className="soft">{[limit, unit].filter(Boolean).join(' ')}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Inspection({ task }: { task: Task }) {
  const { t } = useSpeech();
  const items = (task.fields.items as { key: string; text: string; clause?: string }[] | undefined) ?? [];
  return (
    <section className="stack">
      <h2>{t('task.matters')}</h2>
      <p>{((task.fields.matters as string[] | undefined) ?? []).join('、')}</p>
      <p className="soft">
        {t('task.officers')}{' '}
        {peopleOf(task)
          .map(({ name }) => name)
          .join('、')}
        {task.fields.unannounced === true && ` · ${t('task.unannounced')}`}
      </p>
      <details>
        <summary>{t('task.items.check', { n: items.length })}</summary>
        <ul className="plain">
          {items.map(({ key, text, clause }) => (
            <li key={key}>
              {text} <span className="soft">{clause}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Firm({ task }: { task: Task }) {
  const { t, say } = useSpeech();
  const facts = [
    task.fields.enterpriseName,
    task.fields.enterpriseCode,
    task.firm?.address,
    task.region.name,
    task.firm?.businessScope,
  ].filter((fact) => typeof fact === 'string' && fact !== '') as string[];
  return (
    <section className="stack">
      <h2>{t('task.firm')}</h2>
      <ul className="plain">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {task.earlier.published.length > 0 && (
        <>
          <h3>{t('lookup.public')}</h3>
          <ul className="plain">
            {task.earlier.published.map(({ id, title, at }) => (
              <li key={id}>
                {say(title)} <span className="soft">{at.slice(0, 10)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** A paper as it was issued: its words are the frozen content, whose hash stands under it. */
function PaperView({ paper }: { paper: Paper }) {
  const lines = Object.entries(paper.content).filter(
    ([name, value]) => value !== null && value !== '' && name !== 'filled' && typeof value !== 'boolean',
  );
  return (
    <details className="paper">
      <summary>
        {paper.title} {paper.number}
      </summary>
      <div lang="zh-CN" className="stack">
        {lines.map(([name, value]) =>
          Array.isArray(value) && name !== 'samplers' ? (
            <ul key={name} className="plain">
              {value.map((line) => (
                <li key={String(line)}>
                  {typeof line === 'object' ? Object.values(line as object).join(' ') : String(line)}
                </li>
              ))}
            </ul>
          ) : (
            <p key={name}>
              <span className="soft">{paperWords[name] ?? ''}</span>{' '}
              {Array.isArray(value)
                ? value.join('、')
                : typeof value === 'object'
                  ? Object.values(value as object).join(' ')
                  : String(value)}
            </p>
          ),
        )}
        <p className="code">SHA-256 {paper.sha256}</p>
      </div>
    </details>
  );
}

/** What stands before the lines of a paper; papers are in Chinese whoever reads them. */
const paperWords: Record<string, string> = {
  firm: '被抽样单位',
  creditCode: '统一社会信用代码',
  product: '产品',
  kind: '抽查类型',
  samplingBody: '抽样机构',
  samplers: '抽样人员',
  laboratory: '检验机构',
  until: '有效期至',
  body: '受托机构',
  scope: '委托事项',
  items: '检验项目',
  testSample: '检验样品',
  spareSample: '备用样品',
  unit: '单位',
  to: '检查对象',
  number: '文号',
  office: '签发机关',
  on: '日期',
};
