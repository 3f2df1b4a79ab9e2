import { useState } from 'react';
import type { DrawState } from '../api-queries.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';

/** Drawn leaves in the order of the draw, each stratum followed by its ordered reserve. Names only once they are open. */
export function Leaves({ drawn, strata }: Pick<DrawState, 'drawn'> & { strata: DrawState['frame']['strata'] }) {
  const { t, say } = useSpeech();
  const [stratum, setStratum] = useState('');
  const [reserves, setReserves] = useState(false);
  const label = new Map(strata.map((one) => [one.key, one.label]));
  const shown = drawn.filter((leaf) => (stratum === '' || leaf.stratum === stratum) && (reserves || !leaf.reserve));
  return (
    <>
      <div className="row leaves-bar">
        <select
          className="select leaves-stratum"
          aria-label={t('draw.stratum')}
          value={stratum}
          onChange={(event) => setStratum(event.target.value)}
        >
          <option value="">{t('draw.all-strata')}</option>
          {strata.map((one) => (
            <option key={one.key} value={one.key}>
              {say(one.label)}
            </option>
          ))}
        </select>
        <label className="tick">
          <input type="checkbox" checked={reserves} onChange={(event) => setReserves(event.target.checked)} />
          {t('draw.show-reserves')}
        </label>
        <span className="soft small">{t('draw.leaf-count', { n: shown.length })}</span>
      </div>
      <ScrollFrame label={t('table.of', { title: t('draw.leaves') })} className="leaves">
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="numeric">
                {t('draw.order')}
              </th>
              <th scope="col">{t('draw.stratum')}</th>
              <th scope="col">{t('draw.leaf')}</th>
              <th scope="col">{t('draw.who')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((leaf) => (
              <tr key={`${leaf.stratum}${leaf.reserve}${leaf.leaf}`}>
                <td className="numeric nowrap">{leaf.reserve ? t('draw.reserve-n', { n: leaf.order }) : leaf.order}</td>
                <td>{say(label.get(leaf.stratum)) || leaf.stratum}</td>
                <td className="code" title={leaf.leaf}>
                  {leaf.leaf.slice(0, 16)}…
                </td>
                <td>
                  {leaf.opened ? (
                    <>
                      {leaf.opened.name} <span className="soft small">{leaf.opened.creditCode}</span>
                      <br />
                      <span className="small soft">{leaf.opened.samplers.join(t('separator'))}</span>
                    </>
                  ) : (
                    <span className="soft openness-sealed">
                      <Icon name="lock" /> {t('draw.sealed')}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </>
  );
}
