import {
  publicNoticeClock,
  Service,
  serviceClauses,
  serviceDocuments,
  serviceRule,
  serviceSteps,
  servingSteps,
  withdrawPublicNotice,
} from '@hengjian/correspondence';
import { type Act, field, lifecycle, on, type Paper as PrintedPaper, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, o2, readers } from '../clauses.ts';
import { formNumber, formTitle } from '../forms.ts';
import {
  freeForms,
  issueShape,
  Paper,
  type PaperRow,
  type ServedForm,
  servedFormLabels,
  servedForms,
} from './entity.ts';

const by = ['case-officer', 'hearing-host'];
const Issue = z.strictObject(issueShape).omit({ form: true });
const Reason = z.strictObject({ reason: field.longText('撤回理由', { en: 'Why it is withdrawn', max: 2000 }) });

/** The step of the case, or of its hearing, that the service of a form is. */
const follows: Partial<Record<ServedForm, { entity: string; action: string; of: (row: PaperRow) => string }>> = {
  notice: { entity: 'cases.case', action: 'noticeServed', of: (row) => row.penaltyCase },
  decision: { entity: 'cases.case', action: 'decisionServed', of: (row) => row.penaltyCase },
  noPenalty: { entity: 'cases.case', action: 'noPenaltyServed', of: (row) => row.penaltyCase },
  demand: { entity: 'cases.case', action: 'demandServed', of: (row) => row.penaltyCase },
  hearingNotice: { entity: 'cases.hearing', action: 'noticeServed', of: (row) => row.hearing! },
};

async function reached(row: PaperRow & { servedOn: string }, act: Act): Promise<Partial<PaperRow>> {
  const next = follows[row.form];
  if (next !== undefined) await act.perform(next.entity, next.of(row), next.action, { servedOn: row.servedOn });
  return {};
}

const printed = (row: PaperRow): PrintedPaper => ({
  template: `penalty-form-${servedForms[row.form]}`,
  title: formTitle(servedForms[row.form]),
  content: row.content as Record<string, unknown>,
});

/** 送达回证 (form 50): printed with every paper, signed by hand and scanned back. */
const receiptForm = (row: PaperRow): PrintedPaper => ({
  template: 'penalty-form-50',
  title: formTitle(50),
  content: {
    facts: [
      ['送达文书名称', servedFormLabels[row.form].zh],
      ['受送达人', row.addressee],
      ['送达地点', row.address ?? null],
      ['送达时间', null],
      ['送达方式', null],
    ],
    signatures: ['收件人', '送达人', '见证人'],
  },
});

/** 送达公告 (form 51): the old form prints sixty days, the rule says thirty (order 2 art. 82(5)). */
const publicNotice = (row: PaperRow): PrintedPaper => ({
  template: 'penalty-form-51',
  title: formTitle(51),
  content: {
    to: row.addressee,
    paragraphs: [
      `本局依法对你（单位）作出《${servedFormLabels[row.form].zh}》，因${row.publicReason ?? '采取其他送达方式无法送达'}，依据${o2('第八十二条第五项')}的规定，向你（单位）公告送达。`,
      '请你（单位）自本公告发布之日起三十日内到本局领取，逾期不领取即视为送达。',
    ],
  },
});

const label = (form: ServedForm) => ({
  zh: `制作${servedFormLabels[form].zh}`,
  en: `Issue: ${servedFormLabels[form].en}`,
});
export const issuing = (form: ServedForm): string => `issue${form.charAt(0).toUpperCase()}${form.slice(1)}`;
const issuingActions = Object.fromEntries(
  (Object.keys(servedForms) as ServedForm[]).map((form) => [
    issuing(form),
    on({
      label: label(form),
      from: null,
      to: 'issued' as const,
      by: ['system'],
      basis: `${o2('第八十六条')}；文书格式范本第${servedForms[form]}号`,
      input: Issue,
      papers: [form, 'receiptForm'],
      run: (_row: PaperRow, _input: unknown, act: Act): Partial<PaperRow> => ({ form, issuedOn: act.occurredOn }),
    }),
  ]),
);
const written = Object.fromEntries(
  (Object.keys(servedForms) as ServedForm[]).map((form) => [
    form,
    { ...servedFormLabels[form], number: formNumber(servedForms[form]), paper: printed },
  ]),
);

const steps = serviceSteps<PaperRow>({
  by,
  made: 'issued',
  returned: 'returned',
  publicised: 'publicised',
  served: 'served',
  basis: `${serviceClauses.ways}；${serviceClauses.confirmedAddress}`,
  form: Service,
  issuedOn: (row) => row.issuedOn!,
  name: (row) => servedFormLabels[row.form].zh,
  addressee: (row) => ({ name: row.addressee, code: row.addresseeCode }),
  reached,
});

/** 处罚文书: issued by a step of the case, served, then what the service begins. */
export const paperLifecycle = lifecycle(Paper, {
  editions: [edition],
  states: {
    issued: { zh: '待送达', en: 'To be served' },
    returned: { zh: '邮件退回', en: 'Came back' },
    publicised: { zh: '公告送达中', en: 'Public notice running' },
    served: { zh: '已送达', en: 'Served', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers,
  columns: ['form', 'addressee', 'issuedOn', 'way', 'servedOn'],
  documents: {
    ...written,
    receiptForm: { zh: formTitle(50), en: 'Receipt to be signed', paper: receiptForm },
    publicNotice: { zh: formTitle(51), en: 'Public notice', number: formNumber(51), paper: publicNotice },
    ...serviceDocuments,
  },
  parties: {
    addressee: {
      label: { zh: '受送达人', en: 'Addressee' },
      of: (row) => (row.party ? [`org:${row.party}`] : []),
      sees: ['penaltyCase', 'form', 'addressee', 'content', 'issuedOn', 'way', 'servedOn'],
      from: 'served',
    },
  },
  actions: {
    ...issuingActions,
    ...steps,
    publicise: {
      ...steps.publicise,
      papers: ['publicNotice'],
      run: async (row: PaperRow, input: unknown, act: Act) => {
        if (row.form === 'notice') await act.perform('cases.case', row.penaltyCase, 'noticePublicised', {});
        return steps.publicise.run!(row, input, act);
      },
    },
    withdraw: on({
      label: { zh: '撤回文书', en: 'Withdraw the paper' },
      from: ['issued', 'returned', 'publicised'],
      to: 'withdrawn',
      by: ['section-chief'],
      aside: true,
      danger: true,
      basis: o2('第六条'),
      input: Reason,
      when: (row: PaperRow) =>
        row.form === 'hearingNotice' ||
        (freeForms as readonly ServedForm[]).includes(row.form) ||
        refuse(
          'step-of-the-case',
          '这份文书是案件程序的一步，不能单独撤回。',
          'This paper is a step of the case; it is not withdrawn alone.',
        ),
      run: (row: PaperRow, input: z.infer<typeof Reason>, act: Act) =>
        withdrawPublicNotice(row, row.state === 'publicised', input.reason, act),
    }),
  },
  clocks: {
    service: {
      label: { zh: '送达期限', en: 'Time for service' },
      rule: serviceRule,
      starts: { at: ['issueDecision', 'issueNoPenalty'], on: 'issuedOn' },
      stops: [...servingSteps, 'publicise', 'withdraw'],
    },
    publicNotice: publicNoticeClock('withdraw'),
  },
});
