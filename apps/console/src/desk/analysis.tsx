import type { ReactNode } from 'react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Label } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Notice, TextField, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';

type Line = { name: string; complaints: number; reports: number; before: number };
type Analysis = {
  from: string;
  until: string;
  totals: Line[];
  tables: { title: string; lines: Line[] }[];
};
type Topic = {
  words: string[];
  count: number;
  from: string;
  until: string;
  subjects: string[];
  products: string[];
  members: string[];
};
type Person = {
  mark: string;
  matters: number;
  complaints: number;
  reports: number;
  subjects: number;
  categories: number;
  first: string;
  last: string;
  refused: number;
  agreed: number;
  ended: number;
  filed: number;
  declined: number;
};

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const before = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** What came in: a week in numbers, what many tell of, and how many matters one person brought; facts, no verdicts. */
export function ComplaintAnalysisPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('analysis'));
  const [day, setDay] = useState(today);
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(day);
  const week = useNamedQuery<Analysis>('complaints.analysis', { day }, valid);
  const topics = useNamedQuery<Topic[]>('complaints.topics', { from: before(today(), 30), until: today() });
  const patterns = useNamedQuery<{ note: Label; people: Person[] }>('complaints.patterns', {});
  const failed = week.error ?? topics.error ?? patterns.error;
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('analysis')}
        </h1>
        <p className="soft">{t('analysis.lead')}</p>
      </div>
      <p>
        <Link to="/list/complaints.digest">{t('analysis.digests')}</Link>
      </p>
      {failed && <Failure error={failed} />}
      <TextField label={t('analysis.day')} type="date" value={day} onValue={setDay} className="input narrow-input" />
      {week.isPending && valid ? <Waiting /> : null}
      {week.data &&
        [{ title: `${week.data.from} — ${week.data.until}`, lines: week.data.totals }, ...week.data.tables].map(
          ({ title, lines }) => (
            <Part
              key={title}
              title={title}
              columns={['name', 'complaints', 'reports', 'before']}
              empty={t('analysis.none')}
            >
              {lines.map((line) => (
                <tr key={line.name}>
                  <td>{line.name}</td>
                  <td className="numeric">{line.complaints}</td>
                  <td className="numeric">{line.reports}</td>
                  <td className="numeric">{line.before}</td>
                </tr>
              ))}
            </Part>
          ),
        )}
      <Part title={t('analysis.topics')} columns={['words', 'count', 'when', 'subjects']} empty={t('analysis.none')}>
        {(topics.data ?? []).map((topic) => (
          <tr key={topic.members.join()}>
            <td>{topic.words.join('、')}</td>
            <td className="numeric">{topic.count}</td>
            <td className="nowrap">
              {topic.from} — {topic.until}
            </td>
            <td>{[...topic.subjects, ...topic.products].join('、')}</td>
          </tr>
        ))}
      </Part>
      <Notice>{say(patterns.data?.note)}</Notice>
      <Part
        title={t('analysis.patterns')}
        columns={['mark', 'count', 'over', 'when', 'results']}
        empty={t('analysis.no-patterns')}
      >
        {(patterns.data?.people ?? []).map((one) => (
          <tr key={one.mark}>
            <td>
              <code>{one.mark}</code>
            </td>
            <td className="numeric">{one.matters}</td>
            <td>{t('analysis.over-text', { subjects: one.subjects, categories: one.categories })}</td>
            <td className="nowrap">
              {one.first} — {one.last}
            </td>
            <td>
              {t('analysis.results-text', {
                agreed: one.agreed,
                refused: one.refused,
                ended: one.ended,
                filed: one.filed,
                declined: one.declined,
              })}
            </td>
          </tr>
        ))}
      </Part>
    </main>
  );
}

type Column =
  | 'name'
  | 'complaints'
  | 'reports'
  | 'before'
  | 'words'
  | 'count'
  | 'when'
  | 'subjects'
  | 'mark'
  | 'over'
  | 'results';

const counts: ReadonlySet<Column> = new Set(['complaints', 'reports', 'before', 'count']);

function Part({
  title,
  columns,
  empty,
  children,
}: {
  title: string;
  columns: Column[];
  empty: string;
  children: ReactNode[];
}) {
  const { t } = useSpeech();
  return (
    <section className="stack">
      <h2>{title}</h2>
      {children.length === 0 ? (
        <Empty title={empty}>{null}</Empty>
      ) : (
        <ScrollFrame label={title}>
          <table className="table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col" className={counts.has(column) ? 'numeric' : undefined}>
                    {t(`analysis.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </ScrollFrame>
      )}
    </section>
  );
}
