import { type Act, field, lifecycle, on, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { checkGrading, Grading, grade } from '../grading.ts';
import { Body, type BodyRow } from './entity.ts';
import {
  addInstrument,
  Calibration,
  checkCalibration,
  checkReadiness,
  checkSignatory,
  checkUse,
  declareReadiness,
  endSignatory,
  Instrument,
  logUse,
  nameSignatory,
  Readiness,
  recordCalibration,
  Signatory,
  SignatoryEnd,
  Use,
} from './readiness-actions.ts';
import { checkExtension, Extension, extend, Narrowing, narrow, publicScope } from './scope-actions.ts';

const o163 = (article: string): string => `《检验检测机构资质认定管理办法》（令第163号，2021修改）${article}`;
const o39 = (article: string): string => `《检验检测机构监督管理办法》（令第39号，2025修订）${article}`;
const certificate = {
  certificateNumber: Body.shape.certificateNumber,
  validFrom: Body.shape.validFrom,
  validUntil: Body.shape.validUntil,
};
const Certificate = z.strictObject(certificate);
const Registration = z.strictObject({
  organisation: Body.shape.organisation,
  name: Body.shape.name,
  creditCode: Body.shape.creditCode,
  region: Body.shape.region,
  address: Body.shape.address,
  kind: Body.shape.kind,
  issuedBy: Body.shape.issuedBy,
  ...certificate,
});
const Reasoned = z.strictObject({
  fromOn: field.date('起始日', { en: 'From' }),
  reason: field.longText('理由', { en: 'Reason', max: 2000 }),
});
const exits = {
  annulled: { zh: '撤销', en: 'Annulled' },
  deregistered: { zh: '注销', en: 'Deregistered' },
} as const;
const Exit = Reasoned.extend({ exit: field.choice('终止方式', exits, { en: 'How it ends' }) });

const checkDays = (_row: BodyRow, input: z.infer<typeof Certificate>) =>
  input.validUntil > input.validFrom ||
  refuse('ends-before-start', '有效期截止日早于发证日期。', 'It ends before it starts.', 'validUntil');

async function certify(
  row: BodyRow,
  input: z.infer<typeof Certificate> & { name?: string; organisation?: string },
  act: Act,
) {
  await act.sql.query(
    'insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      row.id,
      row.office,
      input.organisation ?? row.organisation,
      input.name ?? row.name,
      input.certificateNumber,
      input.validFrom,
      input.validUntil,
    ],
  );
}

async function interrupt(row: BodyRow, kind: 'suspended' | 'ended', fromOn: string, reason: string, act: Act) {
  await act.sql.query(
    'insert into institutions.interruption (record, organisation, kind, from_on, reason) values ($1, $2, $3, $4, $5)',
    [row.id, row.organisation, kind, fromOn, reason],
  );
  if (row.entry) await act.withdraw(row.entry, reason);
}

const byLaboratory = ['quality', 'accreditation-officer'] as const;

/** 资质认定名录: what a body may do, and what it is ready for (orders 163 and 39). */
export const bodyLifecycle = lifecycle(Body, {
  editions: [{ name: 'O163-2021', basis: o163(''), inForce: '2000-01-01' }],
  states: {
    accredited: { zh: '证书有效', en: 'Accredited' },
    suspended: { zh: '暂停', en: 'Suspended' },
    ended: { zh: '终止', en: 'Ended', closed: true },
  },
  readers: ['accreditation-officer', 'organiser', 'planner', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['certificateNumber', 'validUntil', 'region'],
  parties: {
    quality: {
      label: { zh: '机构质量负责人', en: "Body's quality officer" },
      of: (row) => [`org:${row.organisation}#laboratory-quality`],
      sees: 'all',
      from: 'accredited',
    },
    staff: {
      label: { zh: '机构人员', en: "Body's staff" },
      of: (row) => [`org:${row.organisation}`],
      sees: 'all',
      from: 'accredited',
    },
  },
  actions: {
    register: on({
      label: { zh: '登记机构', en: 'Register' },
      from: null,
      to: 'accredited',
      by: ['accreditation-officer'],
      basis: o163('第十一条、第十五条'),
      input: Registration,
      check: checkDays,
      run: certify,
    }),
    renew: on({
      label: { zh: '延续或换发证书', en: 'Renew' },
      from: 'accredited',
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o163('第十三条'),
      input: Certificate,
      check: checkDays,
      run: certify,
    }),
    extendScope: on({
      label: { zh: '扩项', en: 'Extend the scope' },
      from: 'accredited',
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o163('第十四条第二款'),
      input: Extension,
      check: checkExtension,
      run: extend,
    }),
    narrowScope: on({
      label: { zh: '缩项', en: 'Narrow the scope' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      danger: true,
      basis: o163('第十四条第一款、第十八条第二款'),
      input: Narrowing,
      run: narrow,
    }),
    grade: on({
      label: { zh: '评定等级', en: 'Decide its grade' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o39('第二十条'),
      input: Grading,
      check: checkGrading,
      run: grade,
    }),
    publishScope: on({
      label: { zh: '公布机构和能力', en: 'Publish' },
      from: 'accredited',
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o163('第二十二条'),
      run: async (row: BodyRow, _input, act) => {
        const body = await publicScope(row, act);
        const lines = body.lines as { kindName: string; parameter: string; method: string }[];
        const entry = await act.publish({
          kind: BODY_ENTRY,
          title: { zh: row.name, en: row.name },
          region: row.region,
          subjects: [row.creditCode],
          words: [...new Set(lines.flatMap((line) => [line.kindName, line.parameter, line.method]))],
          body,
          ...(row.entry ? { replaces: row.entry } : {}),
        });
        if (row.entry) await act.withdraw(row.entry, '能力范围更新', entry);
        return { entry };
      },
    }),
    suspend: on({
      label: { zh: '暂停', en: 'Suspend' },
      from: 'accredited',
      to: 'suspended',
      by: ['accreditation-officer'],
      aside: true,
      danger: true,
      basis: o163('第十八条第二款'),
      input: Reasoned,
      run: async (row: BodyRow, input, act) => {
        await interrupt(row, 'suspended', input.fromOn, input.reason, act);
        return { suspendedOn: input.fromOn, entry: null };
      },
    }),
    resume: on({
      label: { zh: '恢复', en: 'Resume' },
      from: 'suspended',
      to: 'accredited',
      by: ['accreditation-officer'],
      basis: o163('第十八条第二款'),
      input: z.strictObject({ resumedOn: field.date('恢复日期', { en: 'Resumed on' }) }),
      run: async (row: BodyRow, input, act) => {
        await act.sql.query(
          `update institutions.interruption set until_on = $2::date - 1 where record = $1 and kind = 'suspended' and until_on is null`,
          [row.id, input.resumedOn],
        );
        return { suspendedOn: null };
      },
    }),
    end: on({
      label: { zh: '撤销或注销', en: 'Annul or deregister' },
      from: ['accredited', 'suspended'],
      to: 'ended',
      by: ['accreditation-officer'],
      aside: true,
      danger: true,
      basis: o163('第三十一条、第三十二条'),
      input: Exit,
      run: (row: BodyRow, input, act) =>
        interrupt(row, 'ended', input.fromOn, `${exits[input.exit].zh}：${input.reason}`, act),
    }),
    addInstrument: on({
      label: { zh: '登记仪器', en: 'Add an instrument' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: byLaboratory,
      aside: true,
      basis: o39('第九条'),
      input: Instrument,
      run: addInstrument,
    }),
    recordCalibration: on({
      label: { zh: '登记检定或校准', en: 'Record a calibration' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: byLaboratory,
      aside: true,
      basis: o39('第十四条第二项'),
      input: Calibration,
      check: checkCalibration,
      run: recordCalibration,
    }),
    logUse: on({
      label: { zh: '登记仪器使用', en: 'Log the use of an instrument' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: byLaboratory,
      aside: true,
      basis: o39('第九条'),
      input: Use,
      check: checkUse,
      run: logUse,
    }),
    nameSignatory: on({
      label: { zh: '登记授权签字人', en: 'Name a signatory' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o39('第八条、第十二条'),
      input: Signatory,
      check: checkSignatory,
      run: nameSignatory,
    }),
    endSignatory: on({
      label: { zh: '终止授权签字', en: 'End a signatory' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: byLaboratory,
      aside: true,
      basis: o39('第八条'),
      input: SignatoryEnd,
      run: endSignatory,
    }),
    declareReadiness: on({
      label: { zh: '申报检验条件', en: 'Declare readiness' },
      from: ['accredited', 'suspended'],
      to: 'same',
      by: byLaboratory,
      aside: true,
      basis: o39('第九条、第十七条第二款'),
      input: Readiness,
      check: checkReadiness,
      run: declareReadiness,
    }),
  },
});

/** Kind of the public entry of a testing body. */
export const BODY_ENTRY = 'testing-body';
