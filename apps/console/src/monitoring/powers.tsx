import { Link, useParams } from 'react-router';
import type { Label } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';
import { FlowChart } from './chart.tsx';
import type { Chart, Power, PowerList } from './shapes.ts';
import './monitoring.css';

/** 权责清单: every power, those of the house included, each leading to its flow chart. */
export function PowersPage() {
  const { t, say } = useSpeech();
  const { entity } = useParams();
  const heading = usePageTitle(t('powers'));
  const list = useNamedQuery<PowerList>('monitoring.powers', {}, entity === undefined);
  if (entity !== undefined) return <PowerPage entity={entity} />;
  return (
    <main className="main stack" id="main">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('powers')}
        </h1>
        <p className="soft">{t('powers.lead')}</p>
      </header>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isPending && <Waiting />}
      {list.data && (
        <Sheet title={t('powers')}>
          <ScrollFrame label={t('powers')}>
            <table className="table">
              <thead>
                <tr>
                  {(['item', 'type', 'scope', 'basis', 'public'] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(`powers.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {list.data.items.map((item) => (
                  <tr key={item.entity}>
                    <th scope="row">
                      <Link to={`/powers/${item.entity}`}>{say(item)}</Link>
                    </th>
                    <td>{say(list.data.types[item.type])}</td>
                    <td>{say(item.scope)}</td>
                    <td lang="zh-CN">{item.basis}</td>
                    <td>{t(item.public ? 'powers.public.yes' : 'powers.public.no')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        </Sheet>
      )}
    </main>
  );
}

function PowerPage({ entity }: { entity: string }) {
  const { t, say } = useSpeech();
  const power = useNamedQuery<Power | null>('monitoring.power', { entity });
  const heading = usePageTitle(power.data ? say(power.data) : t('powers'));
  if (power.error) return <Failure error={power.error} retry={() => void power.refetch()} page />;
  if (power.isPending) return <Waiting />;
  if (!power.data)
    return (
      <main className="main" id="main">
        <Empty title={t('powers.missing')} page>
          <p>
            <Link to="/powers">{t('powers.back')}</Link>
          </p>
        </Empty>
      </main>
    );
  const { typeLabel, scope, duties, basis, edition, law, chart } = power.data;
  return (
    <main className="main stack" id="main">
      <header className="between">
        <div>
          <p className="small soft">
            <Link to="/powers">{t('powers.back')}</Link> · {say(typeLabel)}
          </p>
          <h1 ref={heading} tabIndex={-1}>
            {say(power.data)}
          </h1>
          <p>{say(scope)}</p>
          <p className="soft">
            {t('powers.duties')}: {say(duties)}
          </p>
          <p className="soft small" lang="zh-CN">
            {basis} · {edition} · {law}
          </p>
        </div>
        <p className="no-print">
          <button type="button" className="button" onClick={() => window.print()}>
            {t('powers.print')}
          </button>
        </p>
      </header>
      <Sheet title={t('powers.chart')}>
        <ScrollFrame label={t('powers.chart')} className="sheet-body">
          <FlowChart name={`${t('powers.chart')}: ${say(power.data)}`} chart={chart} />
        </ScrollFrame>
      </Sheet>
      <Steps chart={chart} />
    </main>
  );
}

function Steps({ chart: { states, steps } }: { chart: Chart }) {
  const { t, say, language } = useSpeech();
  const named = (labels: readonly Label[]) => labels.map(say).join(language === 'zh' ? '、' : ', ');
  const at = (places: readonly number[]) => named(places.flatMap((place) => states[place] ?? []));
  const head = ['step', 'state', 'by', 'terms', 'papers', 'clause'] as const;
  return (
    <Sheet title={t('powers.steps')}>
      <ScrollFrame label={t('powers.steps')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">№</th>
              {head.map((name) => (
                <th key={name} scope="col">
                  {t(`powers.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.number}>
                <td className="numeric">{step.number}</td>
                <th scope="row">{say(step)}</th>
                <td>
                  {step.from.length === 0 ? t('powers.begins') : at(step.from)} →{' '}
                  {step.to.length === 0 ? t('powers.same') : at(step.to)}
                </td>
                <td>
                  {named(step.by)}
                  {step.approval.length > 0 && (
                    <p className="small soft">{t('powers.signed') + named(step.approval)}</p>
                  )}
                  {step.apartFrom.length > 0 && (
                    <p className="small soft">{t('powers.apart') + named(step.apartFrom)}</p>
                  )}
                </td>
                <td>
                  {step.clocks.map((clock) => (
                    <p key={`${clock.turn}${clock.en}${clock.rule.en}${clock.basis}`} className="small">
                      {t(`powers.turn.${clock.turn}`)} {say(clock)}
                      {clock.turn === 'starts' && <span className="soft"> {say(clock.rule)}</span>}
                    </p>
                  ))}
                </td>
                <td>
                  {step.needs.length > 0 && <p className="small">{t('powers.needs') + named(step.needs)}</p>}
                  {step.papers.length > 0 && <p className="small">{t('powers.makes') + named(step.papers)}</p>}
                </td>
                <td lang="zh-CN">{step.basis}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}
