import { type Act, field, type Lifecycle, lifecycle, on, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Application, type ApplicationRow } from '../application/entity.ts';
import { authorityFor } from '../authority.ts';
import { edition, licenceLaw, o16, readers } from '../clauses.ts';
import { findKind, kindOf, unknownKind } from '../kinds/catalogue.ts';
import { commitmentOpen, levelOf } from '../kinds/rules.ts';
import { findLicence } from '../licence/reading.ts';
import { Account, type AccountRow } from './entity.ts';

const { shape } = Account;
const asked = Application.shape;
const Opening = z.strictObject({
  organisation: shape.organisation,
  subject: shape.subject,
  name: shape.name,
  creditCode: shape.creditCode,
  identity: shape.identity,
  contact: shape.contact,
});
const Beginning = z.strictObject({
  kind: asked.kind,
  purpose: asked.purpose,
  changeOf: asked.changeOf,
  changedOn: asked.changedOn,
  track: asked.track,
  products: asked.products,
  region: asked.region,
  address: asked.address,
  licence: asked.licence,
});
const Booking = z.strictObject({
  office: field.office('办事窗口', { en: 'Counter' }),
  day: field.date('日期', { en: 'Day' }),
  time: field.text('时段', { en: 'Time', pattern: /^\d{2}:\d{2}$/ }),
  matter: field.text('事项', { en: 'Matter', max: 100 }),
});
const Evaluating = z.strictObject({
  application: field.reference('所评价的申请', 'licensing.application', { en: 'Application' }),
  stars: field.integer('评分（1 至 5）', { en: 'Stars, 1 to 5', min: 1, max: 5 }),
  remark: optional(field.longText('评价内容', { en: 'Remark', max: 2000 })),
});

const words = (products: readonly string[]) => new Set(products).size === products.length;

async function checkBegin(row: AccountRow, input: z.infer<typeof Beginning>, act: Act) {
  const kind = findKind(input.kind);
  if (kind === undefined) return unknownKind();
  if (kind.subject !== row.subject)
    return refuse(
      'wrong-subject',
      `“${kind.zh}”不由这类申请人申请。`,
      `${kind.en} is not asked for by such an applicant.`,
      'kind',
    );
  const stray = input.products.find((code) => !kind.products.some((product) => product.code === code));
  if (input.products.length === 0 || stray !== undefined || !words(input.products))
    return refuse(
      'products-wrong',
      stray === undefined ? '请选择产品（类别），且不得重复。' : `“${kind.zh}”没有“${stray}”这个产品（类别）。`,
      stray === undefined ? 'Choose products, each once.' : `${kind.en} has no product ${stray}.`,
      'products',
    );
  if (
    input.track === 'commitment' &&
    (input.purpose !== 'new' || !commitmentOpen(kind, input.products, act.occurredOn))
  )
    return refuse(
      'no-commitment',
      `“${kind.zh}”目前不适用告知承诺${kind.commitment === null ? '' : `（${kind.commitment.basis}）`}。`,
      `${kind.en} is not granted on commitment now.`,
      'track',
    );
  if (input.purpose === 'change' && !(input.changeOf && input.changedOn))
    return refuse(
      'change-unknown',
      '变更申请应当写明变更内容和变化日期。',
      'A change says what changed, and when.',
      'changeOf',
    );
  if (authorityFor(act.offices, levelOf(kind, input.products), input.region) === undefined)
    return refuse(
      'no-authority-here',
      '该地的许可机关不在本平台，请向当地许可机关申请。',
      'The authority of that place does not work on this platform.',
      'region',
    );
  return input.purpose === 'new' ? checkNone(row, input, act) : checkHeld(row, input, act);
}

async function checkNone(row: AccountRow, input: z.infer<typeof Beginning>, act: Act) {
  if (!kindOf(input).oneLicence) return true;
  const [held] = await act.sql.query<{ held: boolean }>(
    'select kernel.is_reserved(array[$1::text], $2::date) as held',
    [`licence|${input.kind}|${row.organisation}`, act.occurredOn],
  );
  return (
    !held?.held ||
    refuse(
      'one-licence',
      '该企业已有本事项的有效许可证，增加产品应当办理变更（一企一证）。',
      'The firm holds a valid licence of this kind; more products are a change of it.',
      'purpose',
    )
  );
}

async function checkHeld(row: AccountRow, input: z.infer<typeof Beginning>, act: Act) {
  const held = input.licence ? await findLicence(act.sql, input.licence) : undefined;
  const own =
    held?.organisation === row.organisation || (Boolean(held?.holderCode) && held?.holderCode === row.creditCode);
  return (
    (held?.kind === input.kind && own) ||
    refuse(
      'licence-not-held',
      '请选择申请人持有的同一事项许可证。',
      'Name the licence of this kind that the applicant holds.',
      'licence',
    )
  );
}

async function begin(row: AccountRow, input: z.infer<typeof Beginning>, act: Act): Promise<void> {
  const office = authorityFor(act.offices, levelOf(kindOf(input), input.products), input.region)!;
  await act.create(
    'licensing.application',
    'begin',
    {
      ...input,
      account: row.id,
      organisation: row.organisation,
      applicantName: row.name,
      applicantCode: row.creditCode ?? null,
      identity: row.identity ?? null,
      contact: row.contact ?? null,
      counterOffice: act.actor.office,
    },
    { office: office.code },
  );
}

/** Three appointments missed, and the next is made at the counter. A house rule, no statute. */
const mostNoShows = 3;
const mayBook = (row: AccountRow) =>
  row.noShows < mostNoShows ||
  refuse(
    'too-many-no-shows',
    '已爽约三次，请到窗口取号办理。',
    'Three appointments were missed; please come to the counter.',
  );

async function checkEvaluation(row: AccountRow, input: z.infer<typeof Evaluating>, act: Act) {
  const [application] = await act.sql.query<Pick<ApplicationRow, 'organisation' | 'state'>>(
    'select organisation, state from licensing.application where id = $1',
    [input.application],
  );
  if (application?.organisation !== row.organisation)
    return refuse(
      'not-your-application',
      '只能评价自己的申请。',
      'Only your own application can be evaluated.',
      'application',
    );
  return (
    application.state !== 'draft' ||
    refuse('not-served-yet', '提交之后才能评价。', 'It can be evaluated once it was handed in.', 'application')
  );
}

/** 办事账户: opened once for each applicant, by the first sign-in of its agent or at a counter. */
export const accountLifecycle: Lifecycle = lifecycle(Account, {
  editions: [edition],
  states: { open: { zh: '可用', en: 'Open' }, closed: { zh: '已关闭', en: 'Closed', closed: true } },
  readers: [...readers],
  columns: ['name', 'creditCode', 'subject'],
  parties: {
    applicant: {
      label: { zh: '申请人', en: 'Applicant' },
      of: (row) => [`org:${row.organisation}`, `person:${row.organisation}`],
      sees: 'all',
      from: 'open',
    },
  },
  actions: {
    open: on({
      label: { zh: '开立办事账户', en: 'Open an account' },
      from: null,
      to: 'open',
      by: ['licence-window', 'system'],
      basis: licenceLaw('第二十九条、第三十三条'),
      input: Opening,
      reserves: (_row: AccountRow, input: z.infer<typeof Opening>) => [
        {
          key: `hall-account|${input.organisation}`,
          refusal: refuse('account-open', '该申请人已有办事账户。', 'This applicant has an account already.'),
        },
      ],
      run: () => ({ noShows: 0 }),
    }),
    begin: on({
      label: { zh: '申请许可', en: 'Apply for a licence' },
      from: 'open',
      to: 'same',
      by: ['applicant', 'licence-window'],
      aside: true,
      basis: licenceLaw('第二十九条'),
      input: Beginning,
      check: checkBegin,
      run: begin,
    }),
    book: on({
      label: { zh: '预约窗口', en: 'Book a counter' },
      from: 'open',
      to: 'same',
      by: ['applicant', 'licence-window'],
      aside: true,
      basis: o16('第十一条'),
      input: Booking,
      when: mayBook,
      run: async (row: AccountRow, input: z.infer<typeof Booking>, act) => {
        const { office, ...wanted } = input;
        await act.create(
          'licensing.appointment',
          'book',
          { ...wanted, account: row.id, organisation: row.organisation, name: row.name },
          { office },
        );
      },
    }),
    evaluate: on({
      label: { zh: '好差评', en: 'Evaluate the service' },
      from: 'open',
      to: 'same',
      by: ['applicant'],
      aside: true,
      basis: '国办发〔2019〕51号（政务服务“好差评”）',
      input: Evaluating,
      check: checkEvaluation,
      run: async (row: AccountRow, input: z.infer<typeof Evaluating>, act) => {
        const [application] = await act.sql.query<{ office: string; kind: string }>(
          'select office, kind from licensing.application where id = $1',
          [input.application],
        );
        await act.create(
          'licensing.evaluation',
          'give',
          { ...input, kind: application!.kind, organisation: row.organisation },
          { office: application!.office },
        );
      },
    }),
    countNoShow: on({
      label: { zh: '记录爽约', en: 'Count a missed appointment' },
      from: 'open',
      to: 'same',
      by: ['system'],
      basis: '预约服务规则',
      run: (row: AccountRow) => ({ noShows: row.noShows + 1 }),
    }),
    close: on({
      label: { zh: '关闭账户', en: 'Close' },
      from: 'open',
      to: 'closed',
      by: ['licence-window'],
      aside: true,
      danger: true,
      basis: '办事账户管理规则',
      run: async (row: AccountRow, _input, act) => {
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
      },
    }),
  },
});
