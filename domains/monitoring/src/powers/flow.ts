import type { Lifecycle, Register } from '@hengjian/kernel';

type Label = { zh: string; en: string };

/** One state of a chart, in the order of progress. */
export interface ChartState extends Label {
  name: string;
  closed: boolean;
}
/** One step: from which states to which, and what a reader must know to take it. */
export interface ChartStep extends Label {
  number: number;
  name: string;
  /** Places of states in the chart; empty for a step that begins the record. */
  from: number[];
  to: number[];
  /** Who may act. */
  by: Label[];
  /** Posts that sign it, in order. */
  approval: Label[];
  basis: string;
  needs: Label[];
  papers: Label[];
  /** Terms that it starts, ends, suspends, goes on with or extends. */
  clocks: (Label & { turn: 'starts' | 'ends' | 'suspends' | 'resumes' | 'extends'; rule: Label; basis: string })[];
  /** Steps whose takers may not take this one. */
  apartFrom: Label[];
  danger: boolean;
  /** The line beside the states on which it is drawn; null when it leads to the next state or stays. */
  lane: number | null;
}
export interface Chart {
  states: ChartState[];
  steps: ChartStep[];
  lanes: number;
}

const machine: Label = { zh: '平台（自动）', en: 'The platform' };
const units: Record<string, Label> = {
  hour: { zh: '小时', en: 'hours' },
  day: { zh: '日', en: 'days' },
  'working-day': { zh: '个工作日', en: 'working days' },
  month: { zh: '个月', en: 'months' },
  year: { zh: '年', en: 'years' },
};

const label = ({ zh, en }: Label): Label => ({ zh, en });

/** Who a name in `by` stands for: a post, a party of the record, or the platform itself. */
function actorLabel(name: string, lifecycle: Lifecycle, register: Register): Label {
  if (name === 'system') return machine;
  const known = register.roles[name] ?? lifecycle.parties[name]?.label;
  return known === undefined ? { zh: name, en: name } : label(known);
}

function clocksAt(action: string, lifecycle: Lifecycle): ChartStep['clocks'] {
  return Object.values(lifecycle.clocks).flatMap((clock) => {
    const { amount, unit, basis } = clock.rule;
    const named = units[unit] ?? { zh: unit, en: unit };
    // A term of nothing is the day that a paper names.
    const rule =
      amount === 0
        ? { zh: '文书载明的日期', en: 'the day that the paper names' }
        : { zh: `${amount} ${named.zh}`, en: `${amount} ${named.en}` };
    const turns: (readonly [ChartStep['clocks'][number]['turn'], readonly string[]])[] = [
      ['starts', clock.starts.at],
      ['ends', clock.stops],
      ['suspends', clock.suspends?.from ?? []],
      ['resumes', clock.suspends?.until ?? []],
      ['extends', clock.extends ? [clock.extends.by] : []],
    ];
    return turns
      .filter(([, at]) => at.includes(action))
      .map(([turn]) => ({ ...label(clock.label), turn, rule, basis }));
  });
}

/** Terms that differ by the kind of record alone are told in one line, each length and clause once. */
function together(clocks: ChartStep['clocks']): ChartStep['clocks'] {
  const lines = new Map<string, ChartStep['clocks']>();
  for (const clock of clocks) {
    const key = `${clock.turn} ${clock.en}`;
    lines.set(key, [...(lines.get(key) ?? []), clock]);
  }
  const each = (values: readonly string[], between: string): string => [...new Set(values)].join(between);
  return [...lines.values()].map((same) => ({
    ...same[0]!,
    rule: {
      zh: each(
        same.map(({ rule }) => rule.zh),
        '、',
      ),
      en: each(
        same.map(({ rule }) => rule.en),
        ', ',
      ),
    },
    basis: each(
      same.map(({ basis }) => basis),
      '；',
    ),
  }));
}

/** Puts steps on lines beside the states so that no two on one line overlap: the shortest first, each on the first line that is free. */
function placeLanes(steps: ChartStep[]): number {
  const taken: [number, number][][] = [];
  const span = ({ from, to }: ChartStep): [number, number] => {
    const rows = [...from, ...to];
    return [Math.min(...rows), Math.max(...rows)];
  };
  const beside = steps.filter(
    ({ from, to }) =>
      from.length > 0 && !(from.length === 1 && to.every((row) => row === from[0]! + 1 || row === from[0])),
  );
  for (const step of [...beside].sort(
    (a, b) => span(a)[1] - span(a)[0] - (span(b)[1] - span(b)[0]) || a.number - b.number,
  )) {
    const [top, bottom] = span(step);
    let lane = taken.findIndex((spans) => spans.every(([above, below]) => bottom < above || top > below));
    if (lane === -1) lane = taken.push([]) - 1;
    taken[lane]!.push([top, bottom]);
    step.lane = lane;
  }
  return taken.length;
}

/**
 * The flow chart of a procedure, made of its declaration and of nothing else: states in the order of progress, every step with who may take
 * it, on which clause, with which papers, and what it does to which term. Pure.
 */
export function chartOf(lifecycle: Lifecycle, register: Register): Chart {
  const states = Object.entries(lifecycle.states).map(([name, { zh, en, closed }]) => ({ name, zh, en, closed }));
  const rowOf = new Map(states.map(({ name }, row) => [name, row]));
  const kinds = (names: readonly string[] | undefined): Label[] =>
    (names ?? []).map((kind) => label(lifecycle.documents[kind] ?? { zh: kind, en: kind }));
  const first = (from: readonly string[] | null): number =>
    from === null ? -1 : Math.min(...from.map((name) => rowOf.get(name)!));
  const steps = Object.values(lifecycle.actions)
    .sort((a, b) => first(a.from) - first(b.from))
    .map((action, place): ChartStep => {
      const from = (action.from ?? []).map((name) => rowOf.get(name)!);
      const to = action.to.filter((name) => name !== 'same').map((name) => rowOf.get(name)!);
      return {
        number: place + 1,
        name: action.name,
        ...label(action.label),
        from,
        to,
        by: action.by.map((name) => actorLabel(name, lifecycle, register)),
        approval: (action.approval ?? []).map((name) => actorLabel(name, lifecycle, register)),
        basis: action.basis,
        needs: kinds(action.needs),
        papers: kinds(action.papers),
        clocks: together(clocksAt(action.name, lifecycle)),
        apartFrom: (action.notBy ?? []).flatMap(({ actions }) =>
          actions.map((name) => label(lifecycle.actions[name]!.label)),
        ),
        danger: action.danger === true,
        lane: null,
      };
    });
  const moving = steps.filter(({ to }) => to.length > 0);
  return { states, steps, lanes: placeLanes(moving) };
}
