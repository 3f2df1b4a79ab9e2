import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import {
  buildSamplerPool,
  commitExclusions,
  commitPool,
  type HashProfile,
  randomSalt,
  samplerLeaf,
  toHex,
} from '@hengjian/transparency';
import type { SealedSchema } from './frame.ts';
import { findUnvisitable } from './rules.ts';
import { frameOf, type SealedLeaf, samplerRecord } from './sealed.ts';

/** Who may be sent and who must not meet whom. */
interface PeopleOfDraw {
  team: 'any' | 'same-body';
  samplers: readonly { person: string; name: string; organisation: string; organisationName: string }[];
  exclusions: readonly { sampler: string; enterprise: string; reason: string }[];
}

/** Nobody is listed twice, exclusions point into pool and frame, and two can be sent to every firm whatever is drawn. */
export function checkPeople(input: PeopleOfDraw, leaves: readonly SealedLeaf[]): true | Refusal {
  const people = new Map(input.samplers.map((sampler) => [sampler.person, sampler]));
  if (people.size !== input.samplers.length)
    return refuse('sampler-twice', '抽样人员重复。', 'A sampler is listed twice.', 'samplers');
  const firms = new Set(leaves.map(({ enterprise }) => enterprise));
  const seen = new Set<string>();
  for (const [index, { sampler, enterprise }] of input.exclusions.entries()) {
    const at = `exclusions.${index}`;
    if (!people.has(sampler))
      return refuse(
        'exclusion-sampler-unknown',
        '回避关系中的人员不在抽样人员名单中。',
        'An exclusion names somebody outside the pool.',
        at,
      );
    if (!firms.has(enterprise))
      return refuse(
        'exclusion-firm-unknown',
        '回避关系中的企业不在抽样框中。',
        'An exclusion names a firm outside the frame.',
        at,
      );
    if (seen.has(`${sampler}/${enterprise}`))
      return refuse('exclusion-twice', '同一回避关系填了两次。', 'An exclusion is listed twice.', at);
    seen.add(`${sampler}/${enterprise}`);
  }
  const unvisitable = findUnvisitable([...firms], input.samplers, input.exclusions, input.team);
  if (unvisitable === undefined) return true;
  const name = leaves.find(({ enterprise }) => enterprise === unvisitable)!.name;
  return refuse(
    'too-few-samplers',
    `回避之后，可派往“${name}”的抽样人员不足两人；请增加抽样人员。`,
    `After exclusions fewer than two samplers are left for ${name}; enlarge the pool.`,
    'samplers',
  );
}

/** Hides the pool and the exclusions behind salts, stores what names them, and returns what is told. */
export async function sealPeople(
  row: { id: string; hash: HashProfile },
  input: PeopleOfDraw,
  leaves: readonly SealedLeaf[],
  act: Act,
  schema: SealedSchema = 'sampling',
) {
  const bodies = [...new Set(input.samplers.map(({ organisation }) => organisation))];
  const entries = input.samplers.map((sampler) => ({
    record: samplerRecord(sampler),
    salt: randomSalt(),
    body: bodies.indexOf(sampler.organisation),
  }));
  const { pool, order } = buildSamplerPool(entries, row.hash);
  await act.sql.query(
    `insert into ${schema}.pool_entry (draw, position, leaf, salt, body, person, name, organisation, organisation_name)
     select $1, position - 1, decode(leaf, 'hex'), decode(salt, 'hex'), body, person, name, organisation, organisation_name
     from unnest($2::text[], $3::text[], $4::integer[], $5::uuid[], $6::text[], $7::${schema === 'sampling' ? 'uuid' : 'text'}[], $8::text[])
       with ordinality as p (leaf, salt, body, person, name, organisation, organisation_name, position)`,
    [
      row.id,
      order.map((index) => toHex(samplerLeaf(entries[index]!.record, entries[index]!.salt, row.hash))),
      order.map((index) => toHex(entries[index]!.salt)),
      order.map((index) => entries[index]!.body),
      order.map((index) => input.samplers[index]!.person),
      order.map((index) => input.samplers[index]!.name),
      order.map((index) => input.samplers[index]!.organisation),
      order.map((index) => input.samplers[index]!.organisationName),
    ],
  );
  const positionOf = new Map(leaves.map(({ enterprise }, position) => [enterprise, position]));
  const poolIndexOf = new Map(order.map((index, position) => [input.samplers[index]!.person, position]));
  const edges = input.exclusions.map(({ sampler, enterprise, reason }) => ({
    position: positionOf.get(enterprise)!,
    sampler: poolIndexOf.get(sampler)!,
    salt: randomSalt(),
    reason,
  }));
  await act.sql.query(
    `insert into ${schema}.exclusion (draw, position, sampler, salt, reason)
     select $1, position, sampler, decode(salt, 'hex'), reason
     from unnest($2::integer[], $3::integer[], $4::text[], $5::text[]) as e (position, sampler, salt, reason)`,
    [
      row.id,
      edges.map(({ position }) => position),
      edges.map(({ sampler }) => sampler),
      edges.map(({ salt }) => toHex(salt)),
      edges.map(({ reason }) => reason),
    ],
  );
  const profile = row.hash;
  return {
    samplers: { ...commitPool(pool, { profile }), team: input.team },
    exclusions: commitExclusions(edges, frameOf(leaves).leaves, pool, { profile }),
  };
}
