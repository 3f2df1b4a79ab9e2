import { type Act, entity, field, lifecycle, on, optional, type Paper, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { refuseUnlessOfCase } from '../case/people.ts';
import { edition, o2, readers } from '../clauses.ts';
import { formTitle } from '../forms.ts';

/** Kinds of evidence with the form in which it is taken (order 2 arts 23, 24, 26, 28, 29, 31). */
export const evidenceKinds = {
  sceneRecord: { zh: '现场笔录', en: 'Record of the scene', form: 9 },
  extraction: { zh: '证据提取单', en: 'Extraction of evidence', form: 11 },
  electronic: { zh: '电子数据证据提取笔录', en: 'Extraction of electronic data', form: 12 },
  interview: { zh: '询问笔录', en: 'Record of an interview', form: 14 },
  sampling: { zh: '抽样记录', en: 'Record of sampling', form: 29 },
} as const;
export type EvidenceKind = keyof typeof evidenceKinds;

const present = z.object({
  person: field.identifier('办案人员', { en: 'Officer' }),
  name: field.text('姓名', { en: 'Name' }),
  certificate: field.text('执法证号', { en: 'Certificate' }),
});
export const evidenceShape = {
  takenAt: field.instant('取证时间', { en: 'Taken at' }),
  place: field.text('地点', { en: 'Place', max: 300 }),
  takenFrom: field.text('被取证、被询问人', {
    en: 'Taken from',
    personal: { zh: '证明取证', en: 'to prove whence it came' },
  }),
  text: field.longText('内容', { en: 'Content', max: 10_000 }),
  proves: field.text('证明对象', { en: 'What it proves', max: 500 }),
  checksum: optional(field.text('电子数据完整性校验值', { en: 'Checksum of electronic data', max: 200 })),
  rightsTold: field.flag('已出示执法证件并告知陈述、申辩和申请回避的权利', { en: 'Identity shown, rights told' }),
};
export const recordShape = {
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  ...evidenceShape,
  present: field.list('在场办案人员', present, { en: 'Officers present', max: 12 }),
};

/** 证据: one piece, taken by two officers, confirmed by whom it was taken from. */
const Evidence = entity(
  'cases.evidence',
  { zh: '证据', en: 'Evidence' },
  {
    fields: {
      ...recordShape,
      kind: field.choice('证据种类', evidenceKinds, { en: 'Kind' }),
      confirmation: optional(field.text('确认情况', { en: 'How it was confirmed', max: 500 })),
      reason: optional(field.longText('排除的理由', { en: 'Why excluded', max: 2000 })),
    },
    title: (row) => `${evidenceKinds[row.kind].zh}：${row.proves}`,
    purpose: { zh: '案件证据：两名以上办案人员取得，提供人确认。', en: 'Evidence of a case, taken by two officers.' },
  },
);
type EvidenceRow = RecordRow<typeof Evidence>;

const printed = (row: EvidenceRow): Paper => ({
  template: `penalty-form-${evidenceKinds[row.kind].form}`,
  title: formTitle(evidenceKinds[row.kind].form),
  content: {
    facts: [
      ['时间', row.takenAt],
      ['地点', row.place],
      ['被检查、被询问、证据提供人', row.takenFrom],
      ...row.present.map(({ name, certificate }): [string, string] => [
        '执法人员',
        `${name}（执法证号 ${certificate}）`,
      ]),
      ['证明对象', row.proves],
      ...(row.checksum ? ([['完整性校验值', row.checksum]] as [string, string][]) : []),
    ],
    paragraphs: [
      '执法人员已出示执法证件，告知有权进行陈述和申辩，有权申请回避；应当如实回答询问，并协助调查。',
      row.text,
      '以上记录请核对或者已向你宣读。如果属实请签名。',
    ],
    signatures: ['当事人或者证据提供人', '见证人', '执法人员'],
  },
});

const Record = z.strictObject(recordShape);
const taking = (kind: EvidenceKind) =>
  on({
    label: { zh: `登记${evidenceKinds[kind].zh}`, en: evidenceKinds[kind].en },
    from: null,
    to: 'taken' as const,
    by: ['system'],
    basis: o2('第二十三条至第三十一条'),
    input: Record,
    papers: [kind],
    run: (): Partial<EvidenceRow> => ({ kind }),
  });
export const takingAction = (kind: EvidenceKind): string => `take${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

export const evidenceLifecycle = lifecycle(Evidence, {
  editions: [edition],
  states: {
    taken: { zh: '待核对签名', en: 'To be signed' },
    confirmed: { zh: '已核对', en: 'Confirmed', closed: true },
    excluded: { zh: '已排除', en: 'Excluded', closed: true },
  },
  readers,
  columns: ['kind', 'place', 'takenAt', 'proves'],
  documents: {
    ...Object.fromEntries(
      (Object.keys(evidenceKinds) as EvidenceKind[]).map((kind) => [
        kind,
        { zh: evidenceKinds[kind].zh, en: evidenceKinds[kind].en, paper: printed },
      ]),
    ),
    signedRecord: { zh: '签名的笔录、记录或者证据原件', en: 'Signed record or the thing itself' },
    film: { zh: '拍照、录音、录像', en: 'Photographs, sound or film' },
  },
  actions: {
    ...Object.fromEntries(
      (Object.keys(evidenceKinds) as EvidenceKind[]).map((kind) => [takingAction(kind), taking(kind)]),
    ),
    confirm: on({
      label: { zh: '核对签名', en: 'Confirmed and signed' },
      from: 'taken',
      to: 'confirmed',
      by: ['case-officer'],
      basis: o2('第二十四条、第二十八条、第二十九条、第四十三条'),
      needs: ['signedRecord'],
      input: z.strictObject({
        confirmation: field.text('确认情况', {
          en: 'How it was confirmed',
          max: 500,
          help: {
            zh: '本人签名；拒签的，注明情况并附录音录像。',
            en: 'Signed; where refused, say so and attach the film.',
          },
        }),
      }),
      check: (row: EvidenceRow, _input, act) => refuseUnlessOfCase(row.penaltyCase, act),
    }),
    exclude: on({
      label: { zh: '排除', en: 'Exclude' },
      from: 'taken',
      to: 'excluded',
      by: ['case-officer', 'case-reviewer'],
      aside: true,
      danger: true,
      basis: o2('第二十三条第四款'),
      input: z.strictObject({ reason: field.longText('排除的理由', { en: 'Why it is excluded', max: 2000 }) }),
    }),
  },
});

/** How many pieces of a case were confirmed, and how many wait. */
export async function evidenceOf(caseId: string, act: Act): Promise<{ confirmed: number; waiting: number }> {
  const [counted] = await act.sql.query<{ confirmed: number; waiting: number }>(
    `select count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'taken')::int as waiting
     from cases.evidence where penalty_case = $1`,
    [caseId],
  );
  return counted!;
}
