import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { Instant, IsoDate, Label } from '../api.ts';
import { beijingDate } from '../format.ts';
import { type MessageKey, useSpeech } from '../i18n/language.ts';
import { Failure, Notice, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { Clocks } from '../record/clocks.tsx';
import { RecordHead } from '../record/record.tsx';
import { Timeline } from '../record/timeline.tsx';
import { recordQuery, useEntity, useNamedQuery } from '../session.ts';

type Part = 'investigation' | 'review' | 'hearing';
type CaseSight = {
  party: { name: string; code: string | null };
  cause: string;
  officers: { person: string; name: string; certificate: string }[];
  figures: {
    violation: string | null;
    goodsValue: string | null;
    rangeFrom: string | null;
    rangeTo: string | null;
    fine: string | null;
    deviates: boolean | null;
    deviationReason: string | null;
  };
  surcharge: string | null;
  children: {
    id: string;
    entity: string;
    title: string;
    number: string | null;
    openedAt: Instant;
    entityLabel: Label | null;
    stateLabel: Label | null;
  }[];
  papers: { id: string; title: string; number: string | null; createdAt: Instant }[];
  apart: { part: Part; people: { person: string; name: string }[] }[];
  keptFrom: Part[];
};
type Similar = {
  id: string;
  partyName: string;
  goodsValue: string | null;
  rangeFrom: string | null;
  rangeTo: string | null;
  fine: string | null;
  decidedOn: IsoDate;
};

const partKey = (part: Part): MessageKey => `case.part.${part}`;

function Apart({ sight }: { sight: CaseSight }) {
  const { t } = useSpeech();
  return (
    <Sheet title={t('case.apart')}>
      <div className="sheet-body stack">
        <p className="small soft">{t('case.apart.lead')}</p>
        {sight.keptFrom.length > 0 && (
          <Notice tone="warn">
            {t('case.kept', { parts: sight.keptFrom.map((part) => t(partKey(part))).join('、') })}
          </Notice>
        )}
        <dl className="facts">
          {sight.apart.map(({ part, people }) => (
            <div key={part} className="facts-pair">
              <dt>{t(partKey(part))}</dt>
              <dd>{people.map(({ name }) => name).join('、') || t('case.nobody')}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Sheet>
  );
}

function SimilarCases({ figures, self }: { figures: CaseSight['figures']; self: string }) {
  const { t } = useSpeech();
  const { data } = useNamedQuery<Similar[]>(
    'cases.similar',
    { violation: figures.violation ?? '', goodsValue: figures.goodsValue ?? '0' },
    figures.violation !== null,
  );
  const others = (data ?? []).filter(({ id }) => id !== self);
  if (others.length === 0) return <p className="soft">{t('case.similar.none')}</p>;
  return (
    <ScrollFrame label={t('case.similar')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('case.party')}</th>
            <th scope="col">{t('case.similar.value')}</th>
            <th scope="col">{t('case.similar.range')}</th>
            <th scope="col">{t('case.similar.fine')}</th>
            <th scope="col">{t('case.similar.on')}</th>
          </tr>
        </thead>
        <tbody>
          {others.map((one) => (
            <tr key={one.id}>
              <td>
                <Link to={`/case/${one.id}`}>{one.partyName}</Link>
              </td>
              <td className="numeric">{one.goodsValue}</td>
              <td className="numeric nowrap">
                {one.rangeFrom} – {one.rangeTo}
              </td>
              <td className="numeric">{one.fine}</td>
              <td className="nowrap">{one.decidedOn}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Discretion({ sight, self }: { sight: CaseSight; self: string }) {
  const { t } = useSpeech();
  const { figures, surcharge } = sight;
  if (figures.rangeFrom === null || figures.rangeTo === null) return null;
  return (
    <Sheet title={t('case.range')}>
      <div className="sheet-body stack">
        <p className="dotted">
          <span>{t('case.range.text', { from: figures.rangeFrom, to: figures.rangeTo })}</span>
          {figures.fine && <b>{t('case.fine', { fine: figures.fine })}</b>}
          {figures.deviates && <span>{t('case.deviates')}</span>}
          {surcharge !== null && surcharge !== '0.00' && <span>{t('case.surcharge', { amount: surcharge })}</span>}
        </p>
        {figures.deviationReason && <p>{figures.deviationReason}</p>}
        <h3>{t('case.similar')}</h3>
        <SimilarCases figures={figures} self={self} />
      </div>
    </Sheet>
  );
}

function Parts({ sight }: { sight: CaseSight }) {
  const { t, say } = useSpeech();
  return (
    <Sheet title={t('case.parts')}>
      <div className="sheet-body">
        {sight.children.length === 0 && <p className="soft">{t('case.parts.none')}</p>}
        <ul className="stack plain">
          {sight.children.map((child) => (
            <li key={child.id}>
              <Link to={`/record/${child.id}`}>{child.title}</Link>{' '}
              <span className="state">{say(child.stateLabel)}</span>{' '}
              <span className="small soft nowrap">
                {say(child.entityLabel)} · {beijingDate(child.openedAt)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}

function FilePapers({ sight }: { sight: CaseSight }) {
  const { t } = useSpeech();
  return (
    <Sheet title={t('case.papers')}>
      <ScrollFrame label={t('case.papers')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('case.papers.on')}</th>
              <th scope="col">{t('case.papers.title')}</th>
              <th scope="col">{t('case.papers.number')}</th>
            </tr>
          </thead>
          <tbody>
            {sight.papers.map((paper) => (
              <tr key={paper.id}>
                <td className="nowrap">{beijingDate(paper.createdAt)}</td>
                <td>
                  <a href={`/api/documents/${paper.id}`} target="_blank" rel="noreferrer">
                    {paper.title}
                  </a>
                </td>
                <td>{paper.number}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

/** One case whole: parties, people kept apart, clocks with their arithmetic, discretion, everything that belongs to it, and what happened. */
export function CasePage() {
  const { id = '' } = useParams();
  const { t } = useSpeech();
  const record = useQuery(recordQuery(id));
  const sight = useNamedQuery<CaseSight | null>('cases.page', { case: id });
  const entity = useEntity('cases.case');
  const error = record.error ?? sight.error;
  if (error)
    return (
      <main className="main" id="main">
        <Failure page error={error} retry={() => void Promise.all([record.refetch(), sight.refetch()])} />
      </main>
    );
  if (!record.data || !sight.data)
    return (
      <main className="main" id="main">
        <Waiting />
      </main>
    );
  const { party, officers } = sight.data;
  return (
    <main className="main stack" id="main">
      <RecordHead
        record={record.data}
        side={
          <Link className="button" to={`/record/${id}`}>
            {t('case.record')}
          </Link>
        }
      />
      <dl className="facts">
        <div className="facts-pair">
          <dt>{t('case.party')}</dt>
          <dd>
            {party.name} {party.code && <span className="code">{party.code}</span>}
          </dd>
        </div>
        <div className="facts-pair">
          <dt>{t('case.officers')}</dt>
          <dd>
            {officers
              .map(({ name, certificate }) => `${name}（${t('case.certificate', { number: certificate })}）`)
              .join('、') || t('case.no-officers')}
          </dd>
        </div>
      </dl>
      <Sheet title={t('clocks')}>
        <div className="sheet-body">
          <Clocks clocks={record.data.clocks} />
        </div>
      </Sheet>
      <Apart sight={sight.data} />
      <Discretion sight={sight.data} self={id} />
      <Parts sight={sight.data} />
      <FilePapers sight={sight.data} />
      <Sheet title={t('timeline')}>
        <div className="sheet-body">
          <Timeline entries={record.data.timeline} entity={entity} />
        </div>
      </Sheet>
    </main>
  );
}
