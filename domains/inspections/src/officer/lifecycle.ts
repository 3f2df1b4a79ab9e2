import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { arrangers, doubleRandom, edition } from '../clauses.ts';

/** 执法检查人员名录库: the bank from which officers are drawn; nobody without a certificate stands in it (practice W11). */
const Officer = entity(
  'inspections.officer',
  { zh: '执法检查人员', en: 'Inspecting officer' },
  {
    fields: {
      person: field.identifier('人员', { en: 'Person' }),
      name: field.text('姓名', { en: 'Name' }),
      certificate: field.text('执法证号', { en: 'Enforcement certificate', max: 60 }),
      certificateUntil: field.date('执法证有效期', { en: 'Certificate valid until' }),
      matters: field.list('可检查事项（空为全部）', field.text('检查事项', { en: 'Matter' }), {
        en: 'Matters (none means all)',
        max: 100,
      }),
      reason: optional(field.longText('理由', { en: 'Reason', max: 1000 })),
    },
    title: (row) => row.name,
    purpose: {
      zh: '双随机的人员名录库：持有效执法证的检查人员。检查任务只派给库内人员。',
      en: 'The bank of officers: those with an enforcement certificate. Nobody else is sent.',
    },
  },
);
type OfficerRow = RecordRow<typeof Officer>;

const Entering = z.strictObject({
  person: Officer.shape.person,
  name: Officer.shape.name,
  certificate: Officer.shape.certificate,
  certificateUntil: Officer.shape.certificateUntil,
  matters: Officer.shape.matters,
});
const Renewal = z.strictObject({
  certificate: Officer.shape.certificate,
  certificateUntil: Officer.shape.certificateUntil,
});
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 1000 }) });

/** The post says the same of the certificate, or the certificate does not count. */
async function checkPost(person: string, input: z.infer<typeof Renewal>, act: Act): Promise<true | Refusal> {
  if (input.certificateUntil < act.occurredOn)
    return refuse(
      'certificate-expired',
      `执法证已于 ${input.certificateUntil} 到期，不能入库。`,
      `The certificate ended on ${input.certificateUntil}; nobody enters the bank with it.`,
      'certificateUntil',
    );
  const [post] = await act.sql.query(
    `select 1 from kernel.grant where person = $1 and state = 'held' and role = 'inspector' and organisation is null
       and certificate = $2 and certificate_until = $3`,
    [person, input.certificate, input.certificateUntil],
  );
  return (
    post !== undefined ||
    refuse(
      'certificate-not-of-post',
      '该人员没有持此执法证的检查岗位任职；请先由系统管理员登记任职和执法证。',
      'This person holds no post of inspector with this certificate; the post is entered first.',
      'certificate',
    )
  );
}

export const officerLifecycle = lifecycle(Officer, {
  editions: [edition],
  states: {
    listed: { zh: '在库', en: 'Listed' },
    removed: { zh: '已出库', en: 'Removed', closed: true },
  },
  readers: [...arrangers, 'inspector', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['certificate', 'certificateUntil'],
  actions: {
    enter: on({
      label: { zh: '入库', en: 'Enter' },
      from: null,
      to: 'listed',
      by: ['section-chief'],
      basis: doubleRandom,
      input: Entering,
      check: (_row: OfficerRow, input, act) => checkPost(input.person, input, act),
      reserves: (_row: OfficerRow, input) => [
        {
          key: `inspections.officer|${input.person}`,
          until: input.certificateUntil,
          refusal: refuse('officer-twice', '该人员已在库。', 'This officer is in the bank already.', 'person'),
        },
      ],
    }),
    renew: on({
      label: { zh: '换证', en: 'Renew the certificate' },
      from: 'listed',
      to: 'same',
      by: ['section-chief'],
      aside: true,
      basis: doubleRandom,
      input: Renewal,
      check: (row: OfficerRow, input, act) => checkPost(row.person, input, act),
    }),
    remove: on({
      label: { zh: '出库', en: 'Remove' },
      from: 'listed',
      to: 'removed',
      by: ['section-chief'],
      aside: true,
      basis: doubleRandom,
      input: Reason,
    }),
  },
});

/** One of the officers of a visit, as the bank had him on the day on which he was named. */
export const OfficerField = z.object({
  person: field.identifier('人员', { en: 'Person' }),
  name: field.text('姓名', { en: 'Name' }),
  certificate: field.text('执法证号', { en: 'Certificate', max: 60 }),
});

interface Listed {
  person: string;
  name: string;
  certificate: string;
  until: string;
  matters: string[];
}

/** Officers of the bank by person, as far as the actor sees it. */
export async function findListed(sql: Act['sql'], people: readonly string[]): Promise<Map<string, Listed>> {
  const rows = await sql.query<Listed>(
    `select person, name, certificate, to_char(certificate_until, 'YYYY-MM-DD') as until, matters
     from inspections.officer where state = 'listed' and person = any($1::uuid[])`,
    [people],
  );
  return new Map(rows.map((row) => [row.person, row]));
}

/** Two or more, all in the bank, competent for the matters, with certificates that hold on the day. */
export function checkOfficers(
  people: readonly string[],
  listed: ReadonlyMap<string, Listed>,
  wanted: { matters: readonly string[]; day: string; minimum: number },
): true | Refusal {
  if (new Set(people).size < wanted.minimum)
    return refuse(
      'two-officers',
      `检查人员不得少于 ${wanted.minimum} 人。`,
      `At least ${wanted.minimum} officers go.`,
      'officers',
    );
  for (const person of people) {
    const officer = listed.get(person);
    if (officer === undefined)
      return refuse(
        'officer-not-listed',
        '检查人员不在执法检查人员名录库中；没有执法证的人员和检验机构人员不得检查（国办发〔2024〕54号）。',
        'An officer is not in the bank; who has no certificate, and staff of a testing body, may not inspect.',
        'officers',
      );
    if (officer.until < wanted.day)
      return refuse(
        'certificate-expired',
        `${officer.name}的执法证于 ${officer.until} 到期，不能派往 ${wanted.day} 的检查。`,
        `The certificate of ${officer.name} ends on ${officer.until}, before ${wanted.day}.`,
        'officers',
      );
    const outside = wanted.matters.find((matter) => officer.matters.length > 0 && !officer.matters.includes(matter));
    if (outside !== undefined)
      return refuse(
        'officer-not-competent',
        `${officer.name}不在“${outside}”的人员名录内。`,
        `${officer.name} is not listed for ${outside}.`,
        'officers',
      );
  }
  return true;
}
