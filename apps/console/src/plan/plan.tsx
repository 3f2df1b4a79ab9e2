import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { RecordPage } from '../api.ts';
import type { PlanDesign } from '../api-queries.ts';
import { useSpeech } from '../i18n/language.ts';
import { Failure, StateChip, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { pageOf } from '../list/columns.tsx';
import { recordQuery, useNamedQuery } from '../session.ts';
import { Answer } from './answer.tsx';
import { faults, parametersOf, type Question, questionOf, readQuestion, writeQuestion } from './design.ts';
import { CampaignProgressSheet } from './progress.tsx';
import { QuestionForm } from './question-form.tsx';
import './plan.css';

/** The plan or scheme this page was opened from, with its next steps. */
function Origin({ record }: { record: RecordPage }) {
  const { t, say } = useSpeech();
  const next = record.can.filter((can) => can.enabled && !can.danger);
  return (
    <div className="stack">
      <div className="between">
        <p>
          <Link to={pageOf(record)}>{record.title}</Link> <StateChip row={record} />
        </p>
        <p className="row">
          {next.map((can) => (
            <Link key={can.action} className="button" to={`/record/${record.id}/act/${can.action}`}>
              {say(can.label)}
            </Link>
          ))}
        </p>
      </div>
      {record.entity === 'sampling.scheme' && (
        <>
          <p>
            <Link to={`/oversight?scheme=${record.id}`}>{t('oversight')}</Link>
          </p>
          <CampaignProgressSheet scheme={record.id} />
        </>
      )}
    </div>
  );
}

function Design({ question, onAsk }: { question: Question; onAsk: (question: Question) => void }) {
  const design = useNamedQuery<PlanDesign>(
    'sampling.plan-design',
    parametersOf(question),
    faults(question).length === 0,
  );
  return (
    <div className="plan-columns">
      <QuestionForm asked={question} onAsk={onAsk} />
      {design.error ? <Failure error={design.error} retry={() => void design.refetch()} /> : null}
      {design.isFetching && !design.data && <Waiting />}
      {design.data && <Answer design={design.data} />}
    </div>
  );
}

/** What a plan can and cannot find: operating characteristic, power and cost, before anybody approves it. */
export function PlanPage() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('plan'));
  const [search, setSearch] = useSearchParams();
  const id = search.get('record') ?? '';
  const record = useQuery({ ...recordQuery(id), enabled: id !== '' });
  const own = record.data?.entity === 'sampling.scheme' && !search.has('basis');
  const question = own && record.data ? questionOf(record.data.fields) : readQuestion(search);
  const ready = id === '' || record.isSuccess || record.isError;
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('plan')}
        </h1>
        <p className="soft">{t('plan.lead')}</p>
      </div>
      {record.data && <Origin record={record.data} />}
      {ready ? (
        <Design
          key={own ? id : ''}
          question={question}
          onAsk={(asked) => setSearch({ ...writeQuestion(asked), ...(id ? { record: id } : {}) })}
        />
      ) : (
        <Waiting />
      )}
    </main>
  );
}
