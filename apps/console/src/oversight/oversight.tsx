import { Link, useSearchParams } from 'react-router';
import { grouped, percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';
import { CampaignDetail } from './detail.tsx';
import type { Campaign, Campaigns } from './shapes.ts';
import '../insight/insight.css';
import './oversight.css';

function Share({ of, all, want }: { of: number; all: number; want?: number }) {
  if (all === 0) return <span className="soft">—</span>;
  const low = want !== undefined && of / all < want;
  return (
    <span className="share" data-low={low}>
      <b>{percent(of / all, 0)}</b> <span className="small soft nowrap">{`${of} / ${all}`}</span>
    </span>
  );
}

function Row({ campaign, chosen }: { campaign: Campaign; chosen: boolean }) {
  const { id, name, tasks, sampled, reported, concluded, reserves, late, budget, incurred, overBudget, loops, closed } =
    campaign;
  return (
    <tr data-late={late > 0} data-chosen={chosen}>
      <th scope="row">
        <Link to={`/oversight?scheme=${id}`} aria-current={chosen ? 'true' : undefined}>
          {name}
        </Link>
      </th>
      <td className="numeric" data-late={late > 0}>
        {late}
      </td>
      <td className="numeric">
        <Share of={sampled} all={tasks} />
      </td>
      <td className="numeric">
        <Share of={reported} all={tasks} />
      </td>
      <td className="numeric">
        <Share of={concluded} all={tasks} />
      </td>
      <td className="numeric">{reserves}</td>
      <td className="numeric nowrap" data-late={overBudget}>
        {grouped(Math.round(Number(incurred)))}{' '}
        <span className="small soft">/ {grouped(Math.round(Number(budget)))}</span>
      </td>
      <td className="numeric">
        <Share of={closed} all={loops} want={1} />
      </td>
    </tr>
  );
}

function CampaignTable({ campaigns, chosen }: { campaigns: Campaign[]; chosen: string }) {
  const { t } = useSpeech();
  const head = ['late', 'sampled', 'reported', 'concluded', 'reserves', 'money', 'closure'] as const;
  return (
    <Sheet title={t('oversight.campaigns')} side={<span className="soft">{t('oversight.worst-first')}</span>}>
      <ScrollFrame label={t('oversight.campaigns')}>
        <table className="table table-pinned">
          <thead>
            <tr>
              <th scope="col" className="pinned">
                {t('oversight.campaign')}
              </th>
              {head.map((name) => (
                <th key={name} scope="col" className="numeric">
                  {t(`oversight.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...campaigns]
              .sort((a, b) => b.late - a.late)
              .map((campaign) => (
                <Row key={campaign.id} campaign={campaign} chosen={campaign.id === chosen} />
              ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

/** 督查: every campaign, worst first; the chosen one down to its records. */
export function OversightPage() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('oversight'));
  const [search] = useSearchParams();
  const board = useNamedQuery<Campaigns>('reporting.campaigns', {});
  const chosen = search.get('scheme') ?? '';
  const campaign = board.data?.campaigns.find(({ id }) => id === chosen);
  return (
    <main className="main stack" id="main">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('oversight')}
        </h1>
        <p className="soft">{t('oversight.lead')}</p>
      </header>
      {board.error ? <Failure error={board.error} retry={() => void board.refetch()} /> : null}
      {board.isPending && <Waiting />}
      {board.data?.campaigns.length === 0 && (
        <Empty title={t('oversight.empty')}>
          <p>{t('oversight.empty.text')}</p>
        </Empty>
      )}
      {board.data && board.data.campaigns.length > 0 && (
        <CampaignTable campaigns={board.data.campaigns} chosen={chosen} />
      )}
      {campaign && <CampaignDetail campaign={campaign} />}
    </main>
  );
}
