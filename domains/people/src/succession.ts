import { type Act, entity, field, lifecycle, on, optional, type Paper, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { nameOf } from './names.ts';

const heads = ['section-chief', 'bureau-head'];
const basis = '机关工作交接制度';

const Work = z.object({
  entity: field.text('记录类别', { en: 'Kind of record' }),
  open: field.integer('未办结', { en: 'Open' }),
  overdue: field.integer('已超期', { en: 'Overdue' }),
});

const takeOverShape = {
  grant: field.reference('移交的任职', 'kernel.grant', { en: 'Post given up' }),
  successor: field.identifier('接任人', { en: 'Successor' }),
  remark: optional(field.longText('交接说明', { en: 'Remark', max: 2000 })),
};

/** 工作交接: a post goes to a successor in one act, with everything that is open. */
const Succession = entity(
  'people.succession',
  { zh: '工作交接', en: 'Succession' },
  {
    fields: {
      predecessor: field.identifier('移交人', { en: 'Predecessor' }),
      predecessorName: field.text('移交人姓名', { en: 'Name of the predecessor' }),
      successor: takeOverShape.successor,
      successorName: field.text('接任人姓名', { en: 'Name of the successor' }),
      role: field.text('岗位', { en: 'Post' }),
      takenOverOn: field.date('交接日期', { en: 'Taken over on' }),
      remark: takeOverShape.remark,
      work: field.list('移交的未办结事项', Work, { en: 'Open work' }),
      sheets: field.integer('移交的待签批审批表', { en: 'Sheets awaiting a signature' }),
    },
    title: (row) => `${row.predecessorName} → ${row.successorName} · ${row.role}`,
    purpose: {
      zh: '岗位和全部未办结事项一次移交给接任人，清单随之固定。',
      en: 'A post and all its open work go to a successor in one act, with the list of it.',
    },
  },
);
type SuccessionRow = RecordRow<typeof Succession>;
type TakeOver = z.infer<z.ZodObject<typeof takeOverShape>>;

interface Held {
  id: string;
  person: string;
  personName: string;
  role: string;
  office: string;
}

async function heldGrant(id: string, act: Act): Promise<Held | undefined> {
  const [held] = await act.sql.query<Held>(
    `select id, person, person_name as "personName", role, office from kernel.grant
     where id = $1 and state = 'held' and organisation is null and acting_for is null`,
    [id],
  );
  return held;
}

async function checkTakeOver(_row: SuccessionRow, input: TakeOver, act: Act) {
  const held = await heldGrant(input.grant, act);
  if (held === undefined || !act.actor.claim.writes.includes(held.office))
    return refuse('grant-unknown', '没有这项在任的任职。', 'There is no such post held here.', 'grant');
  if (held.person === input.successor)
    return refuse('same-person', '接任人不能是移交人本人。', 'The successor is somebody else.', 'successor');
  if (act.apart.has(held.role))
    return refuse(
      'administrators-apart',
      '三员岗位由系统管理员另行任免。',
      "The administrators' posts are given and ended one by one.",
      'grant',
    );
  return (
    input.successor !== act.actor.person ||
    refuse('own-grant', '不得给自己授权。', 'Nobody grants a post to himself.', 'successor')
  );
}

/** The post ends and begins in one transaction; what was open is passed on by the machine, which sees all of the office's records. */
async function takeOver(_row: SuccessionRow, input: TakeOver, act: Act): Promise<Partial<SuccessionRow>> {
  const held = (await heldGrant(input.grant, act))!;
  await act.perform('kernel.grant', held.id, 'end', {});
  await act.create(
    'kernel.grant',
    'appoint',
    { person: input.successor, role: held.role, validFrom: act.occurredOn },
    { office: held.office },
  );
  return {
    predecessor: held.person,
    predecessorName: held.personName,
    successorName: await nameOf(input.successor, act.sql),
    role: held.role,
    takenOverOn: act.occurredOn,
    work: [],
    sheets: 0,
  };
}

/**
 * What the predecessor had in hand at this office follows the post: who handles a record is the register's word, and sheets that name him
 * go to the successor. What waits for the post as such needs no passing on.
 */
async function passWork(row: SuccessionRow, _input: unknown, act: Act): Promise<Partial<SuccessionRow>> {
  const work = await act.sql.query<SuccessionRow['work'][number]>(
    `select entity, count(*)::int as open, (count(*) filter (where due < $3))::int as overdue from kernel.record
     where handler = $1 and office = $2 and closed_at is null group by entity order by entity`,
    [row.predecessor, row.office, act.today],
  );
  await act.sql.query(
    'update kernel.record set handler = $3 where handler = $1 and office = $2 and closed_at is null',
    [row.predecessor, row.office, row.successor],
  );
  const sheets = await act.sql.query<{ id: string }>(
    `select id from kernel.approval where office = $3 and state = 'submitted' and steps -> step ->> 'person' = $1 and proposer::text <> $2
     order by id`,
    [row.predecessor, row.successor, row.office],
  );
  for (const { id } of sheets) await act.perform('kernel.approval', id, 'transfer', { person: row.successor });
  return { work, sheets: sheets.length };
}

const paper = (row: SuccessionRow): Paper => ({
  template: 'succession',
  title: '工作交接清单',
  content: {
    facts: [
      ['移交人', row.predecessorName],
      ['接任人', row.successorName],
      ['岗位', row.role],
      ['交接日期', row.takenOverOn],
      ['待签批审批表', String(row.sheets)],
    ],
    tables: [
      {
        caption: '未办结事项',
        columns: ['类别', '未办结', '其中超期'],
        rows: row.work.map(({ entity: kind, open, overdue }) => [kind, String(open), String(overdue)]),
      },
    ],
    paragraphs: row.remark ? [row.remark] : [],
    signatures: ['移交人', '接任人', '监交人'],
  },
});

export const successionLifecycle = lifecycle(Succession, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    'taken-over': { zh: '已任免，正在移交', en: 'Taken over, being passed on' },
    passed: { zh: '已移交，待签字', en: 'Passed on, to be signed' },
    filed: { zh: '已归档', en: 'Filed', closed: true },
  },
  readers: [...heads, 'auditor'],
  columns: ['role', 'predecessorName', 'successorName', 'takenOverOn'],
  documents: {
    list: { zh: '工作交接清单', en: 'List of the work handed over', paper },
    signedList: { zh: '签字的交接清单', en: 'The list as signed' },
  },
  parties: {
    both: {
      label: { zh: '交接双方', en: 'Both' },
      of: (row) => [`person:${row.predecessor}`, `person:${row.successor}`],
      sees: 'all',
      from: 'taken-over',
    },
  },
  actions: {
    takeOver: on({
      label: { zh: '工作交接', en: 'Hand a post over' },
      from: null,
      to: 'taken-over',
      by: heads,
      danger: true,
      basis,
      input: z.strictObject(takeOverShape),
      check: checkTakeOver,
      run: takeOver,
    }),
    passWork: on({
      label: { zh: '移交未办结事项', en: 'Pass the open work on' },
      from: 'taken-over',
      to: 'passed',
      by: ['system'],
      basis,
      papers: ['list'],
      run: passWork,
    }),
    file: on({
      label: { zh: '签字清单归档', en: 'File the signed list' },
      from: 'passed',
      to: 'filed',
      by: [...heads, 'both'],
      basis,
      needs: ['signedList'],
    }),
  },
});
