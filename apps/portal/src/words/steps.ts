import type { DrawStepName } from '@hengjian/transparency/verification';
import type { Label } from '../language.ts';

/** What each step of verifying a draw asks, in the order in which they are answered; read by pages and by the browser. */
export const drawSteps: Record<DrawStepName, Label> = {
  format: { zh: '文件格式是否正确', en: 'Is the file well formed?' },
  frame: { zh: '名单是否按序、无重复', en: 'Are the leaves in order and none twice?' },
  'frame-root': { zh: '名单是否就是承诺的那一份', en: 'Is this the list that was committed to?' },
  commitment: { zh: '规则和样本量是否没有改过', en: 'Are rule and sizes unchanged?' },
  publication: { zh: '承诺是否早已写入公开日志', en: 'Did the commitment stand in the public log?' },
  beacon: { zh: '公共随机数是否真实', en: 'Is the public random number genuine?' },
  'beacon-time': { zh: '随机数是否晚于承诺', en: 'Did it come out after the commitment?' },
  secrets: { zh: '各方的秘密数是否与承诺一致', en: 'Did every party reveal what it committed to?' },
  selection: { zh: '重算抽中的单元是否相同', en: 'Computed again, are the same leaves drawn?' },
  reserves: { zh: '候补及其次序是否相同', en: 'Are the reserves and their order the same?' },
  'opened-leaves': { zh: '公开的名称是否与编号一致', en: 'Do the opened names belong to their leaves?' },
  'opened-reserves': { zh: '候补是否按次序启用', en: 'Were reserves called on in order?' },
  samplers: { zh: '抽样人员是否就是承诺的名单', en: 'Are the samplers those committed to?' },
  exclusions: { zh: '回避关系是否与承诺一致', en: 'Are the exclusions those committed to?' },
  recusal: { zh: '应回避的人员是否没有派出', en: 'Was nobody sent who had to stay away?' },
  pairing: { zh: '重算的派员是否相同', en: 'Computed again, are the same samplers assigned?' },
};
