import { type Refusal, refuse } from '@hengjian/kernel';

/** No cell (stratum and weight class) of a public frame is smaller: in a small one the leaf comes close to a name (W1). */
export const SMALLEST_CELL = 5;

/** What may raise a firm's chance. The reasons stay inside; only the resulting class stands beside the leaf. */
export const weightReasons = {
  'past-failure': { zh: '有不合格记录', en: 'Past failure' },
  'credit-c': { zh: '信用风险 C 类', en: 'Credit-risk class C' },
  'credit-d': { zh: '信用风险 D 类', en: 'Credit-risk class D' },
  'survey-only': { zh: '仅由摸底发现', en: 'Known by survey only' },
} as const;
export type WeightReason = keyof typeof weightReasons;

/** A firm as the frame sees it. `region` is a GB/T 2260 code. */
export interface Firm {
  enterprise: string;
  name: string;
  /** As everybody may read it: the operator of an individual business is masked. */
  publicName: string;
  code: string | null;
  region: string;
  basis: string;
  role: string;
  checkedOn: string;
  pastFailures: number;
  creditClass: string | null;
}

/** A stratum as the officer writes it: firms of these regions (by code prefix) and bases; empty means all. First match counts. */
export interface StratumRule {
  key: string;
  label: string;
  regions: readonly string[];
  bases: readonly string[];
  /** Producers, sellers, markets, shops; none means all. */
  roles?: readonly string[] | null | undefined;
  sample: number;
  reserves: number;
}

export interface WeightRule {
  reason: WeightReason;
  weight: number;
}

/** One firm with its place in the frame and, for insiders, why it has its weight. */
export interface Placed {
  firm: Firm;
  stratum: number;
  weight: number;
  reasons: WeightReason[];
}

/** A stratum as it is published: after merging, so a key and label may name several. */
export interface Stratum {
  code: number;
  key: string;
  label: string;
  size: number;
  sample: number;
  reserves: number;
  weightClasses: { weight: number; size: number }[];
}

export interface Arrangement {
  placed: Placed[];
  strata: Stratum[];
}

function reasonsOf(firm: Firm): WeightReason[] {
  const reasons: WeightReason[] = [];
  if (firm.pastFailures > 0) reasons.push('past-failure');
  if (firm.creditClass === 'C') reasons.push('credit-c');
  if (firm.creditClass === 'D') reasons.push('credit-d');
  if (firm.basis === 'survey') reasons.push('survey-only');
  return reasons;
}

/** The highest weight of all that applies to the firm, 1 where nothing does. */
export function weigh(firm: Firm, rules: readonly WeightRule[]): { weight: number; reasons: WeightReason[] } {
  const held = reasonsOf(firm);
  const applying = rules.filter(({ reason }) => held.includes(reason));
  return {
    weight: Math.max(1, ...applying.map(({ weight }) => weight)),
    reasons: applying.map(({ reason }) => reason),
  };
}

export const fits = (
  firm: Pick<Firm, 'region' | 'basis' | 'role'>,
  { regions, bases, roles }: Pick<StratumRule, 'regions' | 'bases' | 'roles'>,
): boolean =>
  (!roles || roles.length === 0 || roles.includes(firm.role)) &&
  (regions.length === 0 || regions.some((region) => firm.region.startsWith(region))) &&
  (bases.length === 0 || bases.includes(firm.basis));

interface Group {
  key: string;
  label: string;
  sample: number;
  reserves: number;
  members: Omit<Placed, 'stratum'>[];
}

/** Puts each firm into the first stratum that fits; a firm that fits none would be left out silently, so it is refused. */
function group(
  firms: readonly Firm[],
  strata: readonly StratumRule[],
  weights: readonly WeightRule[],
): Group[] | Refusal {
  const groups = strata.map((rule): Group => ({ ...rule, members: [] }));
  const outside: Firm[] = [];
  for (const firm of firms) {
    const index = strata.findIndex((rule) => fits(firm, rule));
    if (index < 0) outside.push(firm);
    else groups[index]!.members.push({ firm, ...weigh(firm, weights) });
  }
  if (outside.length === 0) return groups;
  return refuse(
    'outside-strata',
    `有 ${outside.length} 家企业不属于任何一层（如“${outside[0]!.name}”），请补充分层。`,
    `${outside.length} firms belong to no stratum (${outside[0]!.name}, for one); add one for them.`,
    'strata',
  );
}

/** Joins strata of fewer than five firms to the next one, the last to the one before; their sizes add up. */
function mergeStrata(groups: readonly Group[]): Group[] {
  const merged = groups.filter(({ members, sample }) => members.length > 0 || sample > 0);
  for (;;) {
    const index = merged.findIndex(({ members }) => members.length < SMALLEST_CELL);
    if (index < 0 || merged.length === 1) return merged;
    const first = Math.min(index, merged.length - 2);
    const [left, right] = [merged[first]!, merged[first + 1]!];
    merged.splice(first, 2, {
      key: `${left.key}+${right.key}`,
      label: `${left.label}、${right.label}`,
      sample: left.sample + right.sample,
      reserves: left.reserves + right.reserves,
      members: [...left.members, ...right.members],
    });
  }
}

const countsOf = (members: readonly { weight: number }[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const { weight } of members) counts.set(weight, (counts.get(weight) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a - b));
};

/** Within a stratum, a weight class of fewer than five firms takes the nearest weight there is, of two the lower. */
function mergeWeights(members: Group['members']): Group['members'] {
  let merged = members;
  for (;;) {
    const counts = countsOf(merged);
    const small = [...counts].find(([, size]) => size < SMALLEST_CELL)?.[0];
    if (small === undefined || counts.size === 1) return merged;
    const nearest = [...counts.keys()]
      .filter((weight) => weight !== small)
      .reduce((best, weight) => (Math.abs(weight - small) < Math.abs(best - small) ? weight : best));
    merged = merged.map((member) => (member.weight === small ? { ...member, weight: nearest } : member));
  }
}

function checkRules(strata: readonly StratumRule[], weights: readonly WeightRule[]): true | Refusal {
  if (strata.length === 0) return refuse('no-strata', '没有分层。', 'There is no stratum.', 'strata');
  if (new Set(strata.map(({ key }) => key)).size !== strata.length)
    return refuse('stratum-twice', '分层代号重复。', 'Two strata have the same key.', 'strata');
  if (strata.every(({ sample }) => sample === 0))
    return refuse('nothing-drawn', '各层样本量都是零。', 'Every sample size is zero.', 'strata');
  if (new Set(weights.map(({ reason }) => reason)).size !== weights.length)
    return refuse('weight-twice', '同一权重理由填了两次。', 'A reason has two weights.', 'weightRules');
  return true;
}

/** Firms that are the same to everybody outside: opened, they would look like one firm with several places. */
function findRepeated(firms: readonly Firm[]): Firm | undefined {
  const seen = new Set<string>();
  return firms.find(({ code, name, region }) => {
    const identity = code ?? `${name}\n${region}`;
    if (seen.has(identity)) return true;
    seen.add(identity);
    return false;
  });
}

/**
 * The frame: every firm in a stratum and weight class, small strata and classes merged until no cell has fewer than five
 * firms. Refuses strata that overlook firms, samples larger than their stratum, and frames too small to hide anybody.
 */
export function arrangeFrame(
  firms: readonly Firm[],
  strata: readonly StratumRule[],
  weights: readonly WeightRule[],
): Arrangement | Refusal {
  const sound = checkRules(strata, weights);
  if (sound !== true) return sound;
  const repeated = findRepeated(firms);
  if (repeated !== undefined)
    return refuse(
      'listed-twice',
      `“${repeated.name}”在名录中有两条主体记录，请先合并。`,
      `${repeated.name} has two records in the register; merge them first.`,
    );
  const nowhere = firms.find(({ region }) => region === '');
  if (nowhere !== undefined)
    return refuse(
      'region-missing',
      `“${nowhere.name}”在主体库中没有所在地，无法分层和派员。`,
      `${nowhere.name} has no region in the register; it can be neither stratified nor visited.`,
    );
  const groups = group(firms, strata, weights);
  if (!Array.isArray(groups)) return groups;
  const small = groups.find(({ sample, members }) => sample > members.length);
  if (small !== undefined)
    return refuse(
      'sample-exceeds-stratum',
      `“${small.label}”只有 ${small.members.length} 家企业，少于样本量 ${small.sample}。`,
      `${small.label} has ${small.members.length} firms, fewer than its sample of ${small.sample}.`,
      'strata',
    );
  if (firms.length < SMALLEST_CELL)
    return refuse(
      'frame-too-small',
      `只有 ${firms.length} 家企业，不足 ${SMALLEST_CELL} 家，公开抽取会暴露名单。`,
      `There are only ${firms.length} firms; with fewer than ${SMALLEST_CELL} an open draw would give them away.`,
    );
  const merged = mergeStrata(groups).map((one) => ({ ...one, members: mergeWeights(one.members) }));
  return {
    placed: merged.flatMap(({ members }, index) => members.map((member) => ({ ...member, stratum: index + 1 }))),
    strata: merged.map(({ key, label, sample, reserves, members }, index) => ({
      code: index + 1,
      key,
      label,
      size: members.length,
      sample,
      reserves,
      weightClasses: [...countsOf(members)].map(([weight, size]) => ({ weight, size })),
    })),
  };
}

/** Members of the pool by their body. `excluded` holds `<person>/<enterprise>`. */
export interface PoolMember {
  person: string;
  organisation: string;
}

/**
 * The first firm to which no two samplers could be sent, whatever the draw: the pool must be enlarged before anybody knows
 * whom it concerns. At least two persons go (order 18 art. 16), under `same-body` both from one body.
 */
export function findUnvisitable(
  enterprises: readonly string[],
  pool: readonly PoolMember[],
  exclusions: readonly { sampler: string; enterprise: string }[],
  team: 'any' | 'same-body',
): string | undefined {
  const excluded = new Map<string, Set<string>>();
  for (const { sampler, enterprise } of exclusions)
    excluded.set(enterprise, (excluded.get(enterprise) ?? new Set()).add(sampler));
  const enough = (barred: ReadonlySet<string>): boolean => {
    const left = new Map<string, number>();
    for (const { person, organisation } of pool) {
      if (barred.has(person)) continue;
      const body = team === 'any' ? '' : organisation;
      left.set(body, (left.get(body) ?? 0) + 1);
    }
    return [...left.values()].some((count) => count >= 2);
  };
  const nobody = new Set<string>();
  if (!enough(nobody)) return enterprises[0];
  return enterprises.find((enterprise) => excluded.has(enterprise) && !enough(excluded.get(enterprise)!));
}

/** A laboratory of the pool, with the products that it may test and, where it is tied to some, the strata that it serves. */
export interface Laboratory {
  id: string;
  name: string;
  products: readonly string[];
  strata?: readonly string[] | null | undefined;
}

/** The laboratories that may test a product for a stratum; a merged stratum's key holds several, joined by `+`. */
export function laboratoriesFor(
  laboratories: readonly Laboratory[],
  product: string,
  stratum: string,
  apartFrom: string | null,
): Laboratory[] {
  const keys = stratum.split('+');
  return laboratories.filter(
    ({ id, products, strata }) =>
      products.includes(product) &&
      id !== apartFrom &&
      (!strata || strata.length === 0 || strata.some((key) => keys.includes(key))),
  );
}
