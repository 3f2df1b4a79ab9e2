import type { Paper } from '@hengjian/kernel';
import { conclusions } from '../task/items.ts';
import { addresseeKinds, type NoticeRow } from './entity.ts';

/** 检验结果告知书: conclusion, rights and the authority to which to turn (order 18 arts 35–37). */
export const noticePaper = (row: NoticeRow): Paper => ({
  template: 'conclusion-notice',
  title: '产品质量监督抽查检验结果告知书',
  content: {
    to: row.addressee.name,
    capacity: addresseeKinds[row.addressee.kind].zh,
    address: row.addressee.address ?? null,
    sampledFirm: row.enterpriseName,
    product: row.productName,
    sample: { name: row.sampleName, trademark: row.trademark, model: row.model, batch: row.batch },
    laboratory: row.labName,
    reportNumber: row.reportNumber,
    conclusion: conclusions[row.conclusion].zh,
    failedItems: row.failedItems,
    duties:
      row.conclusion === 'fails' && row.addressee.kind !== 'platform'
        ? ['应当立即停止生产、销售同一产品（第四十五条）。']
        : [],
    rights:
      row.addressee.kind === 'platform'
        ? []
        : [
            '对抽样过程、样品真实性或者检验结论有异议的，自收到本告知书之日起十五日内向本机关提出书面异议处理申请，并提交相关材料（第三十六条）。',
            '对检验结论有异议的，可以书面申请复检并说明理由（第三十七条）；复检费用由申请人先行支付（第四十三条）。',
            '逾期未提出的，检验结论生效。',
          ],
  },
});
