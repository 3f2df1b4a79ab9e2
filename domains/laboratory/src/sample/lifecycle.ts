import { field, lifecycle, on, optional, type Paper } from '@hengjian/kernel';
import { z } from 'zod';
import { newBlindCode } from '../bench/actions.ts';
import { Announced } from '../fields.ts';
import { bytesOf, hashOf, type Report, reportPaper } from '../report/content.ts';
import { checkSignature, SignatureFields } from '../report/signature.ts';
import { refusalGrounds, Sample, type SampleRow } from './entity.ts';
import { checkPartition, checkReceipt, Partition, partition, Receipt, SampleRefusal } from './receiving.ts';
import { checkSigning, Retraction, Returned, reserveNumber, retract, Signing, sign } from './signing.ts';
import { checkSubcontracting, Subcontracting } from './subcontracting.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
const o39 = (article: string): string => `《检验检测机构监督管理办法》（令第39号，2025修订）${article}`;
const ofRole = (row: SampleRow, role: string): string[] => [`org:${row.organisation}#${role}`];

const refusalLetter = (row: SampleRow): Paper => ({
  template: 'sample-refusal',
  title: '样品拒收通知',
  content: {
    to: row.client.name,
    facts: [
      ['样品名称', row.sampleName],
      ['批号', row.batch ?? null],
      ['封条编号', row.seal ?? null],
      ['拒收理由', refusalGrounds[row.refusalGround!].zh],
    ],
    paragraphs: [row.reason ?? ''],
  },
});

/** 检验: one flow for commissioned tests and for samples of supervision (practice W16). */
export const sampleLifecycle = lifecycle(Sample, {
  editions: [{ name: 'O39-2025', basis: o39(''), inForce: '2000-01-01' }],
  states: {
    announced: { zh: '待收样', en: 'Announced' },
    received: { zh: '已收样', en: 'Received' },
    testing: { zh: '检验中', en: 'Testing' },
    tested: { zh: '已校核', en: 'Tested and checked' },
    reported: { zh: '已出报告', en: 'Reported' },
    refused: { zh: '已拒收', en: 'Refused', closed: true },
    stopped: { zh: '终止检验', en: 'Stopped', closed: true },
  },
  readers: ['auditor'],
  // Reports that a body gave out before it worked here come in by the file.
  ingestible: ['reported'],
  columns: ['source', 'kind', 'reportNumber', 'conclusion'],
  documents: {
    receiptPhotos: { zh: '收样照片或录像', en: 'Photographs on arrival' },
    refusalLetter: { zh: '样品拒收通知', en: 'Refusal of the sample', paper: refusalLetter },
    report: { zh: '检验报告', en: 'Test report', paper: (row) => reportPaper(row.report as unknown as Report) },
    evidence: { zh: '证据', en: 'Evidence' },
    consent: { zh: '委托人或者组织部门同意分包的书面材料', en: 'Consent to subcontract' },
  },
  parties: {
    receiver: {
      label: { zh: '样品管理员', en: 'Sample custodian' },
      of: (row) => ofRole(row, 'laboratory-receiver'),
      sees: 'all',
      from: 'announced',
    },
    checker: {
      label: { zh: '校核人员', en: 'Checker' },
      of: (row) => ofRole(row, 'laboratory-checker'),
      sees: 'all',
      from: 'announced',
    },
    signatory: {
      label: { zh: '授权签字人', en: 'Signatory' },
      of: (row) => ofRole(row, 'laboratory-signatory'),
      sees: 'all',
      from: 'announced',
    },
    quality: {
      label: { zh: '质量负责人', en: 'Quality officer' },
      of: (row) => ofRole(row, 'laboratory-quality'),
      sees: 'all',
      from: 'announced',
    },
    client: {
      label: { zh: '委托人', en: 'Client' },
      of: (row) => (row.client?.organisation ? [`org:${row.client.organisation}`] : []),
      sees: [
        'sampleName',
        'batch',
        'reportNumber',
        'reportedOn',
        'conclusion',
        'report',
        'reportHash',
        'signature',
        'revision',
      ],
      from: 'reported',
    },
  },
  actions: {
    announce: on({
      label: { zh: '登记来样', en: 'Announce' },
      from: null,
      to: 'announced',
      by: ['system'],
      basis: o39('第九条'),
      input: Announced.extend({ bench: z.uuid(), organisation: z.uuid(), organisationName: z.string() }),
      run: () => ({ blindCode: newBlindCode(), revision: 0 }),
    }),
    receive: on({
      label: { zh: '收样', en: 'Receive' },
      from: 'announced',
      to: 'received',
      by: ['receiver'],
      basis: `${o18('第二十九条')}；${o39('第十四条第一项')}`,
      input: Receipt,
      needs: ['receiptPhotos'],
      check: checkReceipt,
    }),
    refuse: on({
      label: { zh: '拒收', en: 'Refuse' },
      from: 'announced',
      to: 'refused',
      by: ['receiver'],
      aside: true,
      danger: true,
      basis: o18('第二十九条第二款'),
      input: SampleRefusal,
      needs: ['receiptPhotos'],
      papers: ['refusalLetter'],
    }),
    partition: on({
      label: { zh: '分样和留样', en: 'Divide' },
      from: ['received', 'testing'],
      to: 'same',
      by: ['receiver'],
      aside: true,
      basis: `${o18('第二十七条')}；${o39('第十四条第一项')}`,
      input: Partition,
      when: (row) =>
        row.portions
          ? { code: 'divided-already', zh: '该样品已经分样。', en: 'This sample was divided already.' }
          : true,
      check: checkPartition,
      run: partition,
    }),
    subcontract: on({
      label: { zh: '分包检验项目', en: 'Subcontract items' },
      from: ['announced', 'received', 'testing'],
      to: 'same',
      by: ['quality'],
      aside: true,
      basis: `${o39('第十一条')}；${o18('第十四条第二款第二项')}`,
      input: Subcontracting,
      needs: ['consent'],
      check: checkSubcontracting,
    }),
    beginTest: on({
      label: { zh: '开始检验', en: 'Begin the test' },
      from: 'received',
      to: 'testing',
      by: ['system'],
      basis: o39('第九条'),
    }),
    complete: on({
      label: { zh: '全部项目已校核', en: 'All items checked' },
      from: 'testing',
      to: 'tested',
      by: ['system'],
      basis: o39('第九条'),
    }),
    reopen: on({
      label: { zh: '复测', en: 'Test again' },
      from: ['tested', 'testing'],
      to: 'testing',
      by: ['system'],
      basis: o39('第九条'),
    }),
    sign: on({
      label: { zh: '签发报告', en: 'Sign the report' },
      from: 'tested',
      to: 'reported',
      by: ['signatory'],
      basis: `${o39('第十二条、第十四条、第十五条')}；《检验检测机构资质认定管理办法》第十九条、第二十一条`,
      input: Signing,
      papers: ['report'],
      check: checkSigning,
      reserves: reserveNumber,
      run: sign,
    }),
    askCorrection: on({
      label: { zh: '组织部门退回报告', en: 'Report returned by the organiser' },
      from: 'reported',
      to: 'same',
      by: ['system'],
      aside: true,
      basis: `${o18('第三十二条')}；${o39('第十二条第二款')}`,
      input: Returned,
    }),
    retract: on({
      label: { zh: '收回报告', en: 'Take the report back' },
      from: 'reported',
      to: 'tested',
      by: ['signatory', 'quality'],
      aside: true,
      danger: true,
      basis: o39('第十二条第二款'),
      input: Retraction,
      run: retract,
    }),
    seal: on({
      label: { zh: '加盖电子签章', en: 'Attach the electronic seal' },
      from: 'reported',
      to: 'same',
      by: ['system'],
      aside: true,
      basis: o39('第十二条第一款'),
      input: z.strictObject({ signature: z.object(SignatureFields) }),
      check: (row: SampleRow, { signature }) =>
        checkSignature(hashOf(bytesOf(row.report as unknown as Report)), signature),
    }),
    stop: on({
      label: { zh: '终止检验', en: 'Stop the test' },
      from: ['received', 'testing', 'tested'],
      to: 'stopped',
      by: ['receiver', 'quality'],
      aside: true,
      danger: true,
      basis: o18('第三十条第二款、第三十一条第二款'),
      input: z.strictObject({
        reason: field.longText('理由', { en: 'Reason', max: 2000 }),
        reportedTo: optional(field.text('报告去向', { en: 'Reported to' })),
      }),
      needs: ['evidence'],
    }),
  },
  clocks: {
    due: {
      label: { zh: '检验期限', en: 'Test' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '委托书或监督抽查方案规定的期限' },
      starts: { at: ['receive'], from: (row: SampleRow) => row.dueOn },
      stops: ['sign', 'stop'],
    },
  },
});
