import type { Act, Paper } from '@hengjian/kernel';
import { remedies } from '../clauses.ts';
import { kindOf } from '../kinds/catalogue.ts';
import { groundChoices, type LicenceRow } from './entity.ts';

const productLines = (row: LicenceRow): string[][] =>
  kindOf(row)
    .products.filter(({ code }) => row.products.includes(code))
    .map(({ code, zh }) => [code, zh]);

/** The certificate as it is printed; its QR leads to the public standing of the licence. */
export const certificate = (row: LicenceRow): Paper => {
  const kind = kindOf(row);
  return {
    template: 'licence-certificate',
    title: kind.certificate.title.zh,
    content: {
      to: row.holderName,
      facts: [
        ['证书编号', row.number],
        ['统一社会信用代码', row.holderCode ?? null],
        [kind.subject === 'person' ? '单位地址' : '生产经营地址', row.address],
        ['颁发日期', row.issuedOn],
        ['有效期', row.validUntil ? `${row.validFrom} 至 ${row.validUntil}` : `自 ${row.validFrom} 起`],
      ],
      paragraphs: [kind.certificate.text.zh],
      tables: [{ caption: '许可范围', columns: ['代码', '产品（类别、项目）'], rows: productLines(row) }],
      closing: '现行状态以扫描二维码显示的公开信息为准。',
    },
  };
};

const notice =
  (template: string, title: string, sentence: (row: LicenceRow) => string, withRemedies: boolean) =>
  (row: LicenceRow, _act: Act): Paper => ({
    template: `licence-${template}`,
    title,
    content: {
      to: row.holderName,
      facts: [
        ['证书编号', row.number],
        ['许可事项', kindOf(row).zh],
      ],
      paragraphs: [sentence(row), ...(withRemedies ? [remedies] : [])],
      signatures: ['当事人签收', '日期'],
    },
  });

export const annulmentNotice = notice(
  'annulment-notice',
  '拟撤销行政许可告知书',
  (row) =>
    `本机关拟以“${groundChoices[row.ground!].zh}”撤销该许可。事实：${row.facts ?? ''}。你（单位）可以在 ${row.statementUntil} 前陈述、申辩。`,
  false,
);
export const annulment = notice(
  'annulment',
  '撤销行政许可决定书',
  (row) => `决定撤销该许可，理由：${groundChoices[row.ground!].zh}。${row.facts ?? ''}`,
  true,
);
export const withdrawalNotice = notice(
  'withdrawal-notice',
  '拟撤回行政许可告知书',
  (row) =>
    `因下列变化，本机关拟为公共利益撤回该许可：${row.facts ?? ''}。你（单位）可以在 ${row.statementUntil} 前陈述、申辩。`,
  false,
);
export const withdrawal = notice(
  'withdrawal',
  '撤回行政许可决定书',
  (row) => `决定撤回该许可：${row.facts ?? ''}。补偿：${row.compensation ?? ''}。`,
  true,
);
export const deregistration = notice(
  'deregistration',
  '注销行政许可决定书',
  (row) => `决定注销该许可。${row.reason ?? ''}`,
  true,
);
