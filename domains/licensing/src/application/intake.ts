import { createHash, randomBytes } from 'node:crypto';
import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { kindOf } from '../kinds/catalogue.ts';
import {
  commitmentOpen,
  compareForms,
  faultsOf,
  feesOn,
  formOn,
  missingPapers,
  papersOf,
  policyOf,
  renewalDeadline,
} from '../kinds/rules.ts';
import { findLicence } from '../licence/reading.ts';
import { nextInSeries } from '../sequence.ts';
import { Application, type ApplicationRow, Missing } from './entity.ts';
import { secretFrom } from './fields.ts';
import { tellOutcome } from './outcome.ts';

const { shape } = Application;

/** What an account hands over when it begins an application. */
export const Beginning = z.strictObject({
  account: shape.account,
  organisation: shape.organisation,
  applicantName: shape.applicantName,
  applicantCode: shape.applicantCode,
  identity: shape.identity,
  contact: shape.contact,
  kind: shape.kind,
  purpose: shape.purpose,
  changeOf: shape.changeOf,
  changedOn: shape.changedOn,
  track: shape.track,
  products: shape.products,
  region: shape.region,
  address: shape.address,
  licence: shape.licence,
  counterOffice: shape.counterOffice,
});
export const Draft = z.strictObject({
  formVersion: field.text('所填表单版本', { en: 'Version that was filled in', max: 20 }),
  answers: shape.answers,
  address: optional(field.text('生产经营地址', { en: 'Address', max: 300 })),
  contact: optional(field.text('联系方式', { en: 'Contact' })),
});
export const Supplement = z.strictObject({
  missing: field.list('需补正材料', Missing, { en: 'To be supplemented', max: 40 }),
  supplementUntil: field.date('补正期限', { en: 'Supplement until' }),
});

export const answersOf = (row: Pick<ApplicationRow, 'answers'>): Record<string, string> =>
  Object.fromEntries(row.answers.map(({ name, value }) => [name, value]));

export async function attachedTo(record: string, act: Pick<Act, 'sql'>): Promise<string[]> {
  const rows = await act.sql.query<{ kind: string }>(
    'select distinct kind from kernel.document where record = $1 and superseded_by is null',
    [record],
  );
  return rows.map(({ kind }) => kind);
}

/** The draft's form is out of date: what differs, in words. */
function formChanged(row: ApplicationRow, day: string) {
  const kind = kindOf(row);
  const current = formOn(kind, day).version;
  const { added, removed, changed } = compareForms(kind, row.formVersion, current);
  const told = (zh: string, names: { zh: string }[]): string[] =>
    names.length === 0 ? [] : [`${zh}${names.map((one) => `“${one.zh}”`).join('、')}`];
  const toldEn = (en: string, names: { en: string }[]): string[] =>
    names.length === 0 ? [] : [`${en} ${names.map((one) => `“${one.en}”`).join(', ')}`];
  const changes = changed.map(({ to }) => to);
  return refuse(
    'form-changed',
    `申请表已更新为 ${current} 版：${[...told('新增', added), ...told('取消', removed), ...told('修改', changes)].join('；')}。请先转入新版表单。`,
    `The form is now version ${current}: ${[...toldEn('new', added), ...toldEn('dropped', removed), ...toldEn('changed', changes)].join('; ')}. Move the draft to it first.`,
    'formVersion',
  );
}

const isCurrent = (row: ApplicationRow, day: string): boolean => row.formVersion === formOn(kindOf(row), day).version;

export const checkDraft = (row: ApplicationRow, input: z.infer<typeof Draft>, act: Act) => {
  if (row.state === 'draft' && !isCurrent(row, act.occurredOn)) return formChanged(row, act.occurredOn);
  if (input.formVersion !== row.formVersion) return formChanged(row, act.occurredOn);
  const known = new Set(
    kindOf(row)
      .forms.find(({ version }) => version === row.formVersion)
      ?.fields.map(({ name }) => name),
  );
  const stray = input.answers.find(({ name }) => !known.has(name));
  return (
    stray === undefined ||
    refuse('unknown-answer', `申请表中没有“${stray.name}”这一项。`, `The form has no field ${stray.name}.`, 'answers')
  );
};

export const saveDraft = (row: ApplicationRow, input: z.infer<typeof Draft>): Partial<ApplicationRow> => ({
  answers: input.answers,
  address: input.address ?? row.address,
  contact: input.contact ?? row.contact,
  formVersion: row.formVersion,
});

export const checkAdopt = (row: ApplicationRow, _input: unknown, act: Act) =>
  !isCurrent(row, act.occurredOn) ||
  refuse('form-current', '草稿已是现行表单。', 'The draft is on the current form already.');

/** Moves the draft to the form in force; answers to fields that are still asked stay. */
export const adoptForm = (row: ApplicationRow, _input: unknown, act: Act): Partial<ApplicationRow> => {
  const form = formOn(kindOf(row), act.occurredOn);
  const names = new Set(form.fields.map(({ name }) => name));
  return { formVersion: form.version, answers: row.answers.filter(({ name }) => names.has(name)) };
};

/** A renewal asked for after its last day is a new application. */
export async function isLateRenewal(row: ApplicationRow, act: Act): Promise<boolean> {
  if (row.purpose !== 'renewal' || !row.licence) return false;
  const licence = await findLicence(act.sql, row.licence);
  if (!licence?.validUntil) return false;
  const last = renewalDeadline(kindOf(row), licence.validUntil, act.calendar);
  return last !== null && act.occurredOn > last;
}

export async function checkSubmit(row: ApplicationRow, _input: unknown, act: Act) {
  const kind = kindOf(row);
  if (!isCurrent(row, act.occurredOn)) return formChanged(row, act.occurredOn);
  const faults = faultsOf(formOn(kind, act.occurredOn), answersOf(row));
  if (faults.length > 0)
    return refuse(
      'form-incomplete',
      `申请表还不能提交：${faults.map(({ zh }) => zh).join('；')}。`,
      `The form cannot be handed in: ${faults.map(({ en }) => en).join('; ')}.`,
    );
  if (row.track === 'commitment' && !commitmentOpen(kind, row.products, act.occurredOn))
    return refuse('no-commitment', '该事项目前不适用告知承诺。', 'This licence is not granted on commitment now.');
  const late = await isLateRenewal(row, act);
  const attached = await attachedTo(row.id, act);
  const missing = missingPapers(kind, late ? 'new' : row.purpose, row.products, attached);
  if (missing.length > 0) {
    const why = late
      ? {
          zh: '已过延续申请期限，本申请按新申请办理。',
          en: 'The time for renewal is over; this is now a new application. ',
        }
      : { zh: '', en: '' };
    return refuse(
      'papers-missing',
      `${why.zh}缺少材料：${missing.map(({ zh }) => `《${zh}》`).join('、')}。`,
      `${why.en}Missing: ${missing.map(({ en }) => en).join(', ')}.`,
    );
  }
  if (row.track === 'commitment' && !attached.includes('commitment'))
    return refuse('papers-missing', '缺少材料：《告知承诺书》。', 'Missing: letter of commitment.');
  return true;
}

export async function submit(row: ApplicationRow, _input: unknown, act: Act): Promise<Partial<ApplicationRow>> {
  const late = await isLateRenewal(row, act);
  const place = act.offices.get(row.office)!.region.padEnd(6, '0').slice(0, 6);
  const year = act.occurredOn.slice(0, 4);
  const serial = await nextInSeries(act.sql, `application|${row.office}|${year}`);
  const queryNumber = `${place}${year}${String(serial).padStart(6, '0')}`;
  const querySecret = secretFrom(randomBytes(10));
  await act.sql.query(
    `insert into licensing.outcome (application, number, secret, kind, state, told_on) values ($1, $2, $3, $4, 'submitted', $5)`,
    [
      row.id,
      queryNumber,
      createHash('sha256').update(`${queryNumber}/${querySecret}`).digest('hex'),
      row.kind,
      act.occurredOn,
    ],
  );
  return {
    receivedOn: act.occurredOn,
    stepOn: act.occurredOn,
    queryNumber,
    querySecret,
    ...(late ? { purpose: 'new' as const, lateRenewal: true } : {}),
  };
}

export const checkSupplement = async (row: ApplicationRow, input: z.infer<typeof Supplement>, act: Act) => {
  if (row.missing !== null && row.missing !== undefined)
    return refuse('told-once', '需要补正的全部内容应当一次告知。', 'What is missing is told once, and whole.');
  if (input.missing.length === 0)
    return refuse('nothing-missing', '请列出需要补正的材料。', 'List what is missing.', 'missing');
  if (input.supplementUntil <= act.occurredOn)
    return refuse(
      'no-time-left',
      '补正期限应当合理。',
      'The time to supplement must be reasonable.',
      'supplementUntil',
    );
  const kind = kindOf(row);
  for (const { paper } of input.missing) {
    const known = papersOf(kind, row.purpose, row.products).find((one) => one.kind === paper);
    if (known === undefined)
      return refuse(
        'paper-not-listed',
        `“${paper}”不在该事项公布的材料目录中，不得要求提交。`,
        `${paper} is not among the published papers of this licence and may not be asked for.`,
        'missing',
      );
    if (known.heldIn !== undefined)
      return refuse(
        'paper-held',
        `平台已有《${known.zh}》，不得要求申请人重复提交。`,
        `The platform holds ${known.en} already; it may not be asked for again.`,
        'missing',
      );
  }
  return true;
};

/** Each demanded paper has been handed in again after it was asked for. */
export async function checkCorrected(row: ApplicationRow, _input: unknown, act: Act) {
  const rows = await act.sql.query<{ kind: string }>(
    `select distinct d.kind from kernel.document d join kernel.event e on e.id = d.event
     where d.record = $1 and e.id > (select id from kernel.event where record = $1 and action = 'askSupplement' order by id desc limit 1)`,
    [row.id],
  );
  const handedIn = new Set(rows.map(({ kind }) => kind));
  const kind = kindOf(row);
  const waiting = (row.missing ?? []).filter(({ paper }) => !handedIn.has(paper));
  if (waiting.length === 0) return true;
  const named = waiting.map(({ paper }) => kind.papers.find((one) => one.kind === paper) ?? { zh: paper, en: paper });
  return refuse(
    'supplement-missing',
    `尚未补正：${named.map(({ zh }) => `《${zh}》`).join('、')}。`,
    `Still missing: ${named.map(({ en }) => en).join(', ')}.`,
  );
}

export const receiveAgain = (_row: ApplicationRow, _input: unknown, act: Act): Partial<ApplicationRow> => ({
  receivedOn: act.occurredOn,
  stepOn: act.occurredOn,
});

/** Whether acceptance must be refused: a banned product, an applicant under a bar, a licence that is there already. */
export async function checkAccept(row: ApplicationRow, _input: unknown, act: Act) {
  const kind = kindOf(row);
  const { banned } = policyOf(kind, row.products);
  if (banned.length > 0)
    return refuse(
      'product-banned',
      `${banned.map(({ zh, policyBasis }) => `${zh}（${policyBasis}）`).join('、')}属于产业政策禁止的产品，不予受理。`,
      `Industrial policy bans ${banned.map(({ en }) => en).join(', ')}; it is not accepted.`,
    );
  const [bar] = await act.sql.query<{ until: string; reason: string }>(
    `select to_char(until_on, 'YYYY-MM-DD') as until, reason from licensing.bar
     where organisation = $1 and kind = $2 and until_on >= $3 order by until_on desc limit 1`,
    [row.organisation, row.kind, act.occurredOn],
  );
  return (
    bar === undefined ||
    refuse(
      'applicant-barred',
      `该申请人在 ${bar.until} 前不得再次申请（${bar.reason}）。`,
      `This applicant may not apply again before ${bar.until} (${bar.reason}).`,
    )
  );
}

function sumOf(row: ApplicationRow, day: string): string {
  const cents = feesOn(kindOf(row), day).reduce((sum, { amount }) => sum + Number(amount.replace('.', '')), 0);
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** Tells a licence in force that its renewal is under way, or no longer: at its end it is then deemed renewed, or not. */
export async function tellLicence(row: ApplicationRow, renewal: string | null, act: Act): Promise<void> {
  if (row.purpose !== 'renewal' || !row.licence) return;
  const [licence] = await act.sql.query<{ state: string }>('select state from licensing.licence where id = $1', [
    row.licence,
  ]);
  if (licence?.state === 'valid' || licence?.state === 'suspended')
    await act.perform('licensing.licence', row.licence, 'requestRenewal', { renewal });
}

export const accept = async (row: ApplicationRow, _input: unknown, act: Act): Promise<Partial<ApplicationRow>> => {
  await tellOutcome(row, 'accepted', null, act);
  await tellLicence(row, row.id, act);
  return { acceptedOn: act.occurredOn, tacit: false, fee: sumOf(row, act.occurredOn), stepOn: act.occurredOn };
};

/** Silence for five working days: accepted from the day of receipt. */
export const acceptTacitly = async (
  row: ApplicationRow,
  _input: unknown,
  act: Act,
): Promise<Partial<ApplicationRow>> => {
  await tellOutcome(row, 'accepted', null, act);
  await tellLicence(row, row.id, act);
  const on = row.receivedOn ?? act.occurredOn;
  return { acceptedOn: on, tacit: true, fee: sumOf(row, on), stepOn: on };
};

export const endWith =
  (state: string) =>
  async (row: ApplicationRow, input: { reason?: string }, act: Act): Promise<Partial<ApplicationRow>> => {
    await tellOutcome(row, state, input.reason ?? null, act);
    await tellLicence(row, null, act);
    return {};
  };
