import type { ClockRule } from '@hengjian/calendar';
import type { Label } from '@hengjian/kernel';
import { kinds } from './catalogue.ts';
import type { Kind, KindClock } from './declaration.ts';
import { needsSiteCheck } from './rules.ts';

/** What a clock reads of an application. */
interface Clocked {
  kind: string;
  purpose: string;
  track: string;
  changeOf?: string | null | undefined;
  changedOn?: string | null | undefined;
  receivedOn?: string | null | undefined;
  acceptedOn?: string | null | undefined;
  concludedOn?: string | null | undefined;
  /** Day of the latest act that starts a clock. */
  stepOn?: string | null | undefined;
}

interface Use {
  label: Label;
  at: readonly string[];
  stops: readonly string[];
  onExpiry?: string;
  /** The day it counts from; undefined for the day of the act. */
  from?: (row: Clocked, kind: Kind, clock: KindClock) => string | null | undefined;
  rule?: Partial<ClockRule>;
}

const decided = ['grant', 'refuse'] as const;
const checked = ['recordSiteCheck', 'failRectification'] as const;
const accepted = ['accept', 'acceptTacitly'] as const;

/** The day a decision counts from: acceptance, or the conclusion of the review where there is one. */
function decisionStart(row: Clocked, kind: Kind, { from }: KindClock): string | null | undefined {
  if (row.track === 'commitment' && kind.clocks.some(({ name }) => name === 'commitment-decision')) return null;
  if (from !== 'conclusion' || !needsSiteCheck(kind, row)) return row.acceptedOn;
  return row.concludedOn;
}

/** Which acts of an application start and stop each clock; the amounts are those of the kind. */
const uses: Partial<Record<KindClock['name'], Use>> = {
  acceptance: {
    label: { zh: '受理期限', en: 'Time for acceptance' },
    at: ['submit', 'correct'],
    stops: ['accept', 'decline', 'askSupplement', 'acceptTacitly'],
    onExpiry: 'acceptTacitly',
    from: (row) => row.receivedOn,
  },
  'site-notice': {
    label: { zh: '核查通知提前期', en: 'Notice before the site check' },
    at: ['notifySiteCheck'],
    stops: checked,
    rule: { kind: 'not-before', opens: 'on-last-day' },
  },
  'site-check': {
    label: { zh: '核查（技术评审）期限', en: 'Time for the site check or review' },
    at: [...accepted, 'drawTeam'],
    stops: checked,
    from: (row, kind, { from }) => {
      if (!needsSiteCheck(kind, row)) return null;
      return from === 'task' ? undefined : row.acceptedOn;
    },
  },
  'sample-delivery': {
    label: { zh: '送样期限', en: 'Delivery of the sealed sample' },
    at: ['sealSample'],
    stops: ['startTest'],
  },
  rectification: {
    label: { zh: '整改期限', en: 'Time to rectify' },
    at: ['orderRectification'],
    stops: ['reportRectified', 'failRectification'],
    onExpiry: 'failRectification',
  },
  decision: {
    label: { zh: '决定期限', en: 'Time for the decision' },
    at: [...accepted, ...checked],
    stops: decided,
    from: decisionStart,
  },
  'commitment-decision': {
    label: { zh: '告知承诺决定期限', en: 'Decision on a commitment' },
    at: [...accepted],
    stops: decided,
    from: (row) => (row.track === 'commitment' ? row.receivedOn : null),
  },
  issue: { label: { zh: '颁证期限', en: 'Time to issue' }, at: ['grant'], stops: ['issue'] },
  'change-report': {
    label: { zh: '变更申请期限', en: 'Time to report the change' },
    at: ['begin'],
    stops: ['submit'],
    from: (row) => (row.purpose === 'change' ? (row.changedOn ?? null) : null),
  },
};

/** Acts that suspend and resume, by ground. */
const pausing: Record<string, { from: readonly string[]; until: readonly string[] }> = {
  test: { from: ['startTest'], until: ['recordTest'] },
  rectification: { from: ['orderRectification'], until: ['reportRectified', 'failRectification'] },
  hearing: { from: ['pause'], until: ['resume'] },
  'expert-review': { from: ['pause'], until: ['resume'] },
};

const suspending = (grounds: readonly string[]) => {
  const named = grounds.map((ground) => pausing[ground]!);
  const union = (side: 'from' | 'until'): string[] => [...new Set(named.flatMap((pause) => pause[side]))];
  return named.length === 0 ? {} : { suspends: { from: union('from'), until: union('until') } };
};

/** Acts at which a clock starts for this kind: one that counts from one point is not started again at another. */
function startsAt(name: KindClock['name'], { at }: Use, clock: KindClock): readonly string[] {
  if (name === 'site-check') return clock.from === 'task' ? ['drawTeam'] : [...accepted];
  if (name === 'decision' && clock.from !== 'conclusion') return [...accepted];
  return at;
}

export const ruleOf = ({ unit, amount, basis }: KindClock, more: Partial<ClockRule> = {}): ClockRule => ({
  kind: 'within',
  unit,
  amount,
  basis,
  ...more,
});

/**
 * The clocks of every kind of licence as clocks of the one procedure. Each runs only for records of its kind: `from` gives no
 * day for others.
 */
export function applicationClocks() {
  return Object.fromEntries(
    kinds.flatMap((kind) =>
      kind.clocks.flatMap((clock) => {
        const use = uses[clock.name];
        if (use === undefined) return [];
        const from = (row: Clocked): string | null => {
          if (row.kind !== kind.code) return null;
          const day = use.from === undefined ? undefined : use.from(row, kind, clock);
          return day === undefined ? (row.stepOn ?? null) : day;
        };
        const spec = {
          label: use.label,
          rule: ruleOf(clock, use.rule),
          starts: { at: startsAt(clock.name, use, clock), from },
          stops: use.stops,
          ...suspending(clock.suspendedBy),
          ...(clock.extension ? { extends: { by: 'extend', amount: clock.extension.amount } } : {}),
          ...(use.onExpiry ? { onExpiry: use.onExpiry } : {}),
        };
        return [[`${clock.name}-${kind.code}`, spec] as const];
      }),
    ),
  );
}
