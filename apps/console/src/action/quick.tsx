import { randomSalt, secretCommitment, toHex } from '@hengjian/transparency';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSpeech } from '../i18n/language.ts';
import { Combobox } from '../kit/combobox.tsx';
import { announce } from '../kit/live.tsx';
import { Notice } from '../kit/pieces.tsx';
import { declaredPath } from './choosing.ts';
import { useBodies } from './chosen-input.tsx';
import { fieldId, type Values } from './form.ts';
import { peopleQuery } from './people.ts';
import { useScope } from './scope.tsx';

type Properties = { path: string; value: unknown; onChange: (value: unknown) => void };

const samplerRoles = ['sampler'];

function rowsOf(value: unknown): Values[] {
  return Array.isArray(value) ? (value as Values[]) : [];
}

/** Everybody of a body who samples goes into the pool at once; whoever stands in it already is not doubled. */
function WholeBody({ path, value, onChange }: Properties) {
  const { t } = useSpeech();
  const bodies = useBodies(samplerRoles);
  const [body, setBody] = useState('');
  const staff = useQuery({
    ...peopleQuery({ roles: samplerRoles.join(','), organisation: body, limit: '200' }),
    enabled: body !== '',
  });
  const rows = rowsOf(value).filter((row) => typeof row.person === 'string' && row.person !== '');
  const held = new Set(rows.map((row) => row.person));
  const fresh = (staff.data ?? []).filter((one) => !held.has(one.person));
  return (
    <div className="row quick">
      <label htmlFor={`${fieldId(path)}-body`}>{t('quick.body')}</label>
      <Combobox id={`${fieldId(path)}-body`} label={t('quick.body')} choices={bodies} value={body} onChange={setBody} />
      <button
        type="button"
        className="button"
        aria-disabled={fresh.length === 0}
        onClick={() => {
          if (fresh.length === 0) return;
          onChange([
            ...rows,
            ...fresh.map((one) => ({
              person: one.person,
              name: one.name,
              organisation: one.organisation?.id,
              organisationName: one.organisation?.name,
            })),
          ]);
          announce(t('quick.body-added', { n: fresh.length }));
          setBody('');
        }}
      >
        {body === '' ? t('quick.body-add') : t('quick.body-add-n', { n: fresh.length })}
      </button>
    </div>
  );
}

/** A party's secret and what it commits to, made on this very machine; the secret is shown once and kept by the party. */
function PartySecret({ path, value, onChange }: Properties) {
  const { t } = useSpeech();
  const { known } = useScope();
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ name: string; secret: string }[]>([]);
  function make(): void {
    const party = name.trim();
    if (party === '') return;
    const secret = randomSalt();
    const commitment = toHex(secretCommitment(party, secret, known.hash === 'sm3' ? 'sm3' : 'sha256'));
    const rows = rowsOf(value).filter((row) => row.name || row.commitment);
    onChange([...rows.filter((row) => row.name !== party), { name: party, commitment }]);
    setMade([...made.filter((one) => one.name !== party), { name: party, secret: toHex(secret) }]);
    setName('');
  }
  return (
    <div className="stack quick">
      <p className="small soft">{t('quick.secret-text')}</p>
      <div className="row">
        <label htmlFor={`${fieldId(path)}-party`}>{t('quick.party')}</label>
        <input
          id={`${fieldId(path)}-party`}
          className="input narrow-input"
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            make();
          }}
        />
        <button type="button" className="button" onClick={make}>
          {t('quick.secret-make')}
        </button>
      </div>
      {made.map((one) => (
        <Notice key={one.name} tone="warn">
          <p>{t('quick.secret-keep', { name: one.name })}</p>
          <p className="code" data-secret-of={one.name}>
            {one.secret}
          </p>
        </Notice>
      ))}
    </div>
  );
}

/** The label names the sampled firm as its maker: the usual case at a producer's own store. */
function SameFirm({ onChange }: Properties) {
  const { t } = useSpeech();
  const { known } = useScope();
  const { enterprise, enterpriseName, enterpriseCode, enterpriseRegion } = known;
  if (typeof enterpriseName !== 'string') return null;
  return (
    <p>
      <button
        type="button"
        className="button"
        onClick={() => onChange({ name: enterpriseName, code: enterpriseCode, region: enterpriseRegion, enterprise })}
      >
        {t('quick.same-firm', { name: enterpriseName })}
      </button>
    </p>
  );
}

const quick: Record<string, (properties: Properties) => React.ReactNode> = {
  'sampling.draw/commit/samplers': WholeBody,
  'sampling.draw/commit/parties': PartySecret,
  'sampling.task/sample/labelledProducer': SameFirm,
};

/** A shorter way to fill a few fields that would otherwise be long work by hand. */
export function Quick(properties: Properties) {
  const { entity, action } = useScope();
  const Way = quick[`${entity}/${action}/${declaredPath(properties.path)}`];
  return Way ? <Way {...properties} /> : null;
}
