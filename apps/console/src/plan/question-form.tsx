import { useId, useState } from 'react';
import { useSpeech } from '../i18n/language.ts';
import { bases, faults, levels, limits, type Part, type Question } from './design.ts';

type PartProperties = {
  label: string;
  unit?: string;
  value: string;
  complaint: string;
  optional?: boolean;
  onChange: (value: string) => void;
};

function NumberPart({ label, unit, value, complaint, optional, onChange }: PartProperties) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional"> ({t('field.optional')})</span>}
      </label>
      {complaint && (
        <p className="field-error" id={`${id}-error`}>
          {complaint}
        </p>
      )}
      <span className="with-unit">
        <input
          id={id}
          className="input"
          inputMode="decimal"
          autoComplete="off"
          value={value}
          aria-invalid={complaint !== ''}
          aria-describedby={complaint ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.target.value.trim())}
        />
        {unit && <span className="nowrap">{unit}</span>}
      </span>
    </div>
  );
}

function ChoicePart({ label, value, choices, onChange }: Omit<PartProperties, 'complaint'> & { choices: string[] }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </div>
  );
}

/** The knobs of a plan. Where the rules fix n, n and c are all it asks for. */
export function QuestionForm({ asked, onAsk }: { asked: Question; onAsk: (question: Question) => void }) {
  const { t } = useSpeech();
  const [question, setQuestion] = useState(asked);
  const [bad, setBad] = useState<Part[]>([]);
  const { basis } = question;
  const part = (name: Part) => ({
    value: question[name],
    complaint: bad.includes(name)
      ? t(`plan.bad.${name === 'lot' || name === 'n' || name === 'c' || name === 'limiting' ? name : 'number'}`)
      : '',
    onChange: (value: string) => setQuestion((now) => ({ ...now, [name]: value })),
  });
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
        <legend>{t('plan.way')}</legend>
        {bases.map((one) => (
          <label key={one} className="tick">
            <input
              type="radio"
              name="basis"
              checked={basis === one}
              onChange={() =>
                setQuestion((now) => ({ ...now, basis: one, lot: one === 'aql' && now.lot === '' ? '500' : now.lot }))
              }
            />
            {t(`plan.basis.${one}`)}
          </label>
        ))}
      </fieldset>
      {basis === 'fixed' && (
        <>
          <NumberPart label={t('plan.n')} unit={t('plan.items')} {...part('n')} />
          <NumberPart label={t('plan.c')} unit={t('plan.items')} {...part('c')} />
          <div className="field">
            <label htmlFor="plan-rule">
              {t('plan.rule')} <span className="optional">({t('field.optional')})</span>
            </label>
            <input
              id="plan-rule"
              className="input"
              value={question.rule}
              onChange={(event) => setQuestion({ ...question, rule: event.target.value })}
            />
          </div>
        </>
      )}
      {basis === 'aql' && (
        <>
          <ChoicePart label={t('plan.level')} choices={levels} {...part('level')} />
          <ChoicePart label={t('plan.aql')} choices={limits} {...part('aql')} />
        </>
      )}
      {basis === 'risk' && (
        <>
          <NumberPart label={t('plan.acceptable')} unit="%" {...part('acceptable')} />
          <NumberPart label={t('plan.limiting')} unit="%" {...part('limiting')} />
        </>
      )}
      <NumberPart label={t('plan.lot')} unit={t('plan.items')} optional={basis !== 'aql'} {...part('lot')} />
      <details>
        <summary>{t('plan.more')}</summary>
        <div className="plan-more">
          <NumberPart label={t('plan.population')} unit={t('plan.firms')} {...part('population')} />
          <NumberPart label={t('plan.batches')} unit={t('plan.batch-unit')} {...part('batches')} />
          <NumberPart label={t('plan.visit-cost')} unit={t('plan.yuan')} {...part('visitCost')} />
          <NumberPart label={t('plan.unit-price')} unit={t('plan.yuan')} {...part('unitPrice')} />
          <NumberPart label={t('plan.testing-fee')} unit={t('plan.yuan')} {...part('testingFee')} />
        </div>
      </details>
      <button type="submit" className="button-primary">
        {t('plan.compute')}
      </button>
    </form>
  );
}
