import type { Label } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { useNamedQuery } from '../session.ts';
import type { FigureAnswer, FigureInWords, FigureList } from './shapes.ts';

export const asking = ['from', 'until', 'product', 'kind', 'selection', 'size', 'channel'] as const;
export type Asked = Record<'figure' | 'by' | 'region' | (typeof asking)[number], string>;

const kinds = ['supervision', 'special', 'linked', 'follow-up', 'emergency', 'risk-monitoring'] as const;
const selections = ['random', 'targeted'] as const;
const sizes = ['large', 'medium', 'small', 'micro'] as const;
const channels = ['producer', 'seller', 'online'] as const;

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: { value: string; text: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <select className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which figure, over which period, broken down by what, of which batches. Every answer is in the address. */
export function Question({
  asked,
  list,
  figure,
  onAsk,
}: {
  asked: Asked;
  list: FigureList;
  figure: FigureInWords;
  onAsk: (change: Partial<Asked>) => void;
}) {
  const { t, say } = useSpeech();
  const products = useNamedQuery<FigureAnswer>('reporting.figure', { figure: 'sampling-completion', by: 'product' });
  const all = { value: '', text: t('figure.all') };
  const withAll = (options: { value: string; text: string }[]) => [all, ...options];
  const day = (name: 'from' | 'until', label: string) => (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        type="date"
        className="input"
        value={asked[name]}
        onChange={(event) => onAsk({ [name]: event.target.value })}
      />
    </label>
  );
  const worded = (label: Label) => say(label);
  const narrow = figure.by.includes('kind');
  return (
    <form
      className="figure-question no-print"
      onSubmit={(event) => event.preventDefault()}
      aria-label={t('figure.question')}
    >
      <Choice
        label={t('figure.figure')}
        value={asked.figure}
        options={list.figures.map(({ key, label }) => ({ value: key, text: worded(label) }))}
        onChange={(value) => onAsk({ figure: value, by: '' })}
      />
      <Choice
        label={t('figure.by')}
        value={asked.by}
        options={figure.by.map((by) => ({ value: by, text: say(list.dimensions[by]) }))}
        onChange={(by) => onAsk({ by })}
      />
      {day('from', t('figure.from'))}
      {day('until', t('figure.until'))}
      {(narrow || asked.figure === 'item-failure-rate') && (
        <>
          <Choice
            label={t('figure.product')}
            value={asked.product}
            options={withAll(
              (products.data?.groups ?? []).map(({ group, label }) => ({ value: group ?? '', text: say(label) })),
            )}
            onChange={(product) => onAsk({ product })}
          />
          <details className="figure-more">
            <summary>{t('figure.more')}</summary>
            <div className="figure-more-fields">
              <Choice
                label={t('figure.kind')}
                value={asked.kind}
                options={withAll(kinds.map((value) => ({ value, text: t(`figure.kind.${value}`) })))}
                onChange={(kind) => onAsk({ kind })}
              />
              <Choice
                label={t('figure.selection')}
                value={asked.selection}
                options={withAll(selections.map((value) => ({ value, text: t(`figure.selection.${value}`) })))}
                onChange={(selection) => onAsk({ selection })}
              />
              <Choice
                label={t('figure.size')}
                value={asked.size}
                options={withAll(sizes.map((value) => ({ value, text: t(`figure.size.${value}`) })))}
                onChange={(size) => onAsk({ size })}
              />
              <Choice
                label={t('figure.channel')}
                value={asked.channel}
                options={withAll(channels.map((value) => ({ value, text: t(`figure.channel.${value}`) })))}
                onChange={(channel) => onAsk({ channel })}
              />
            </div>
          </details>
        </>
      )}
    </form>
  );
}
