import { createHash } from 'node:crypto';
import type { Paper } from '@hengjian/kernel';
import { conclusions, severities } from '@hengjian/sampling';
import { replay, type Verdict } from '@hengjian/statistics';
import { canonicalJson } from '@hengjian/transparency';
import { sources } from '../fields.ts';
import type { SampleRow } from '../sample/entity.ts';
import type { SampleResult } from '../sample/reading.ts';

/** A test report as data: what the paper prints, and the verdicts with everything needed to reach them again. */
export interface Report {
  form: 'hengjian-test-report/1';
  number: string;
  revision: number;
  /** Revision that this one takes the place of, and why; null for the first. */
  corrects: { revision: number; reason: string } | null;
  body: { name: string; certificate: string; mark: 'CMA' };
  client: { name: string; address: string | null };
  source: string;
  sample: {
    name: string;
    batch: string | null;
    blindCode: string;
    quantity: string;
    seal: string | null;
    receivedOn: string;
    condition: string;
    temperature: string | null;
    producedOn: string | null;
    sampledOn: string | null;
  };
  results: {
    item: string;
    method: string;
    limit: string;
    clause: string;
    severity: string;
    value: string;
    unit: string | null;
    /** How uncertainty entered the verdict, in words; null where it was left out. */
    decision: string | null;
    quantification: string | null;
    /** Body that tested it in the laboratory's stead; null for the laboratory itself. */
    subcontractor: string | null;
    /** Earlier attempts, kept as they were. */
    repeats: SampleResult['earlier'];
    verdict: Verdict;
  }[];
  conclusion: string;
  seriousness: string;
  verdictRule: string;
  reportedOn: string;
  signedBy: string;
  /** Whoever has the number and this code may check the report. */
  checkCode: string;
}

export interface Signing {
  number: string;
  reportedOn: string;
  certificate: string;
  signedBy: string;
  checkCode: string;
  conclusion: string;
  seriousness: string;
}

/** A figure with its unit behind it, unless it is a pure number or carries the unit already. */
const withUnit = (text: string, unit: string | null): string =>
  unit === null || unit === '' || unit === '1' || text.includes(unit) ? text : `${text} ${unit}`;

const decisionNames = {
  simple: '不计不确定度',
  'guarded-acceptance': '保护接受',
  'guarded-rejection': '保护拒收',
  'non-binary': '非二元判定',
} as const;

function decisionWords({ input: { rule, uncertainty } }: Verdict): string | null {
  if (uncertainty === undefined && rule.kind === 'simple') return null;
  const band = 'r' in rule ? `，w = ${rule.r}·U` : '';
  const stated = uncertainty === undefined ? '' : `；U = ${uncertainty.expanded}，k = ${uncertainty.coverageFactor}`;
  return `${decisionNames[rule.kind]}${band}${stated}`;
}

/** Puts a report together from the sample and its results; pure, so that the same inputs give the same bytes. */
export function reportOf(row: SampleRow, results: readonly SampleResult[], signing: Signing): Report {
  const held = new Map(results.map((result) => [result.item, result]));
  return {
    form: 'hengjian-test-report/1',
    number: signing.number,
    revision: row.revision + 1,
    corrects: row.revision === 0 ? null : { revision: row.revision, reason: row.reason ?? '' },
    body: { name: row.organisationName, certificate: signing.certificate, mark: 'CMA' },
    client: { name: row.client.name, address: row.client.address ?? null },
    source: row.source,
    sample: {
      name: row.sampleName,
      batch: row.batch ?? null,
      blindCode: row.blindCode,
      quantity: `${row.quantity} ${row.unit}`,
      seal: row.seal ?? null,
      receivedOn: row.receivedOn!,
      condition: row.condition!,
      temperature: row.temperature ?? null,
      producedOn: row.producedOn ?? null,
      sampledOn: row.sampledOn ?? null,
    },
    results: row.items.map((item) => {
      const result = held.get(item.item)!;
      return {
        item: item.item,
        method: item.method,
        limit: withUnit(item.limit, item.unit ?? null),
        clause: item.clause,
        severity: item.severity,
        value: result.value,
        unit: result.unit,
        decision: decisionWords(result.judgement),
        quantification: item.quantification ? withUnit(item.quantification, item.quantificationUnit ?? null) : null,
        subcontractor: row.subcontracts?.find((one) => one.item === item.item)?.name ?? null,
        repeats: result.earlier,
        verdict: result.judgement,
      };
    }),
    conclusion: signing.conclusion,
    seriousness: signing.seriousness,
    verdictRule: row.verdictRule,
    reportedOn: signing.reportedOn,
    signedBy: signing.signedBy,
    checkCode: signing.checkCode,
  };
}

/** The bytes of a report (RFC 8785), which its hash, its signature and its JSON file share. */
export const bytesOf = (report: Report): string => canonicalJson(JSON.parse(JSON.stringify(report)));

export const hashOf = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

/** What the public record holds of a report: nothing that can be read back without number and code. */
export const checkKey = (number: string, checkCode: string): string =>
  hashOf(`${number.normalize('NFKC').trim()}\n${checkCode.trim().toUpperCase()}`);

/** Judges every item of a stored report again; the items whose verdict came out differently, none when it stands. */
export function replayReport(report: Report): string[] {
  return report.results.filter(({ verdict }) => !replay(verdict).identical).map(({ item }) => item);
}

const verdictWords = { conforms: '符合', fails: '不符合', 'not-judged': '不判定' } as const;

/** 检验报告 on paper: Chinese, with the CMA mark, repeats shown, and marked when it corrects an earlier one. */
export function reportPaper(report: Report): Paper {
  const { sample, corrects, body } = report;
  const repeated = report.results.flatMap(({ item, repeats }) =>
    repeats.map(({ attempt, value, unit }) => [item, `第${attempt}次`, withUnit(value, unit)]),
  );
  const given = report.results.flatMap(({ item, subcontractor }) => (subcontractor ? [[item, subcontractor]] : []));
  return {
    template: 'laboratory-report',
    title: corrects ? '检验报告（更正）' : '检验报告',
    content: {
      issuer: body.name,
      facts: [
        ['报告编号', `${report.number}（第${report.revision}版）`],
        ...(corrects ? [['更正说明', `本报告代替第${corrects.revision}版，原报告作废。理由：${corrects.reason}`]] : []),
        ['检验机构', `${body.name}（${body.mark} ${body.certificate}）`],
        ['委托人', [report.client.name, report.client.address].filter(Boolean).join('，')],
        ['检验类别', sources[report.source as keyof typeof sources].zh],
        ['样品名称', sample.name],
        ['批号', sample.batch],
        ['样品编号', sample.blindCode],
        ['样品数量', sample.quantity],
        ['封条编号', sample.seal],
        ['收样日期', sample.receivedOn],
        ['样品状态', sample.condition],
        ['到样温度', sample.temperature === null ? null : `${sample.temperature} °C`],
        ['生产日期', sample.producedOn],
        ['抽样日期', sample.sampledOn],
        ['检验结论', conclusions[report.conclusion as keyof typeof conclusions].zh],
        ['核验码', report.checkCode],
      ],
      tables: [
        {
          caption: '检验结果',
          columns: ['项目', '方法', '标准要求', '依据', '结果', '单项判定'],
          rows: report.results.map(({ item, method, limit, clause, decision, value, unit, verdict, severity }) => [
            `${item}（${severities[severity as keyof typeof severities].zh.slice(0, 3).trim()}）`,
            method,
            limit,
            decision ? `${clause}（${decision}）` : clause,
            withUnit(value, unit),
            verdictWords[verdict.verdict],
          ]),
        },
        ...(given.length > 0 ? [{ caption: '分包项目', columns: ['项目', '承担机构'], rows: given }] : []),
        ...(repeated.length > 0
          ? [{ caption: '复测记录（原结果保留）', columns: ['项目', '次序', '结果'], rows: repeated }]
          : []),
      ],
      closing:
        report.source === 'commissioned'
          ? '送检样品的代表性和真实性由委托人负责（令第39号第十条）。'
          : '本报告仅对所检样品负责。',
      signatures: ['检验', '校核', `授权签字人 ${report.signedBy}`],
      seal: { name: body.name, label: '检验检测专用章', note: '印章图样，不是印章：以电子签章或者实体印章为准' },
    },
  };
}
